package dev.triage502.evidence.arm;

import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.evidence.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Which elements of a document could not be understood? One of them costs itself and never the rest; who rests on the
 * list being whole has to ask here.
 */
final class Losses {

    private final List<String> lost = new ArrayList<>();
    private final Consumer<String> outer;

    Losses() {
        this(unused -> {});
    }

    private Losses(Consumer<String> outer) {
        this.outer = outer;
    }

    /** Those of a part of the document, which count as the document's too. */
    Losses ofPart() {
        return new Losses(this::add);
    }

    void add(String words) {
        lost.add(words);
        outer.accept(words);
    }

    /** What the reader reads; nothing where it is not understood. */
    <T> Optional<T> read(Supplier<? extends T> reader) {
        try {
            return Optional.of(reader.get());
        } catch (MalformedDocument e) {
            add(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /** What the reader reads, or what is taken where it is not understood. */
    <T> T read(T otherwise, Supplier<? extends T> reader) {
        return this.<T>read(reader).orElse(otherwise);
    }

    /** The list of that name; empty where it is none. */
    List<ArmObject> list(ArmObject of, String name) {
        return read(List.<ArmObject>of(), () -> of.objects(name));
    }

    /** The elements that are understood. */
    <T> List<T> each(List<ArmObject> elements, Function<ArmObject, ? extends T> reader) {
        List<T> understood = new ArrayList<>(elements.size());
        for (ArmObject element : elements) {
            this.<T>read(() -> reader.apply(element)).ifPresent(understood::add);
        }
        return understood;
    }

    /** The elements of the list of that name that are understood. */
    <T> List<T> each(ArmObject of, String name, Function<ArmObject, ? extends T> reader) {
        return each(list(of, name), reader);
    }

    boolean any() {
        return !lost.isEmpty();
    }

    /** Where each one stands and what is wrong with it. */
    List<String> words() {
        return List.copyOf(lost);
    }

    /** Why the whole is not known, if it is not. */
    Optional<CouldNotRead<?>> gap(Source source) {
        return lost.stream()
                .sorted()
                .findFirst()
                .map(first -> new CouldNotRead<>(
                        source,
                        Why.MALFORMED,
                        source.fileName() + ": " + first
                                + (lost.size() == 1 ? "" : " and " + (lost.size() - 1) + " more")));
    }
}
