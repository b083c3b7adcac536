package dev.triage502.evidence;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** What came of asking each source: one reading for every {@link Source}, looked up by the type of its facts. */
public final class SourceReadings {

    private final Map<Source, Reading<?>> readings;

    private SourceReadings(Map<Source, Reading<?>> readings) {
        this.readings = readings;
    }

    /**
     * The readings that a function gives, each of which is asked for once, in the order of {@link Source}.
     *
     * @throws IllegalArgumentException if what was read is not of the type that the source declares
     */
    public static SourceReadings of(Function<Source, ? extends Reading<?>> reader) {
        Map<Source, Reading<?>> all = new EnumMap<>(Source.class);
        for (Source source : Source.values()) {
            Reading<?> reading = reader.apply(source);
            boolean fits = reading.toOptional().map(source.facts()::isInstance).orElse(true);
            if (!fits) {
                throw new IllegalArgumentException(source + " was read as something other than "
                        + source.facts().getSimpleName());
            }
            all.put(source, reading);
        }
        return new SourceReadings(all);
    }

    /** What came of asking the source that has facts of this type. */
    public <T> Reading<T> of(Class<T> facts) {
        return of(Source.of(facts)).map(facts::cast);
    }

    /** What came of asking this source. */
    public Reading<?> of(Source source) {
        return readings.getOrDefault(source, Reading.notCollected(source));
    }

    /** All of them, in the order of {@link Source}. */
    public List<Reading<?>> inOrder() {
        return Stream.of(Source.values()).<Reading<?>>map(this::of).toList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SourceReadings && ((SourceReadings) other).readings.equals(readings);
    }

    @Override
    public int hashCode() {
        return readings.hashCode();
    }

    @Override
    public String toString() {
        return readings.toString();
    }
}
