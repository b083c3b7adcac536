package dev.triage502.incident;

import java.util.Locale;
import java.util.stream.Stream;

/** Words that somebody else wrote (Azure, a server, a client's library), searched without regard to case. */
public final class Wording {

    private final String lower;

    private Wording(String text) {
        this.lower = text.toLowerCase(Locale.ROOT);
    }

    /** The words as they were read, which may be none. */
    public static Wording of(String text) {
        return new Wording(text);
    }

    /** Whether they are these words, written in lower case. */
    public boolean is(String words) {
        return lower.equals(words);
    }

    /** Whether one of these fragments, written in lower case, stands in them. */
    public boolean has(String... fragments) {
        return Stream.of(fragments).anyMatch(lower::contains);
    }

    /** Whether they begin with one of these fragments, written in lower case. */
    public boolean startWith(String... fragments) {
        return Stream.of(fragments).anyMatch(lower::startsWith);
    }

    /** Whether they end in one of these fragments, written in lower case. */
    public boolean endIn(String... fragments) {
        return Stream.of(fragments).anyMatch(lower::endsWith);
    }
}
