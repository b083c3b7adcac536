package dev.triage502.cli;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Takes the values of an enum by their names, in lower or upper case, for options. */
record NamedValues<E extends Enum<E>>(List<E> values) implements ITypeConverter<E> {

    static <E extends Enum<E>> NamedValues<E> of(Class<E> type) {
        return new NamedValues<>(List.of(type.getEnumConstants()));
    }

    @Override
    public E convert(String text) {
        return values.stream()
                .filter(value -> value.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(
                        () -> new TypeConversionException("found \"" + text + "\"; use " + names(values.stream())));
    }

    private static String names(Stream<? extends Enum<?>> values) {
        List<String> names =
                values.map(value -> value.name().toLowerCase(Locale.ROOT)).toList();
        int last = names.size() - 1;
        return String.join(", ", names.subList(0, last)) + " or " + names.get(last);
    }
}
