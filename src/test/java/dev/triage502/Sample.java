package dev.triage502;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A part of all cases, for the usual run of a test whose thorough run takes all. */
public final class Sample {

    private Sample() {}

    /** The first of every {@code size} cases, in their order: the same ones in each run. */
    public static <T> Stream<T> oneIn(int size, Stream<T> all) {
        List<T> list = all.toList();
        return IntStream.range(0, list.size()).filter(i -> i % size == 0).mapToObj(list::get);
    }
}
