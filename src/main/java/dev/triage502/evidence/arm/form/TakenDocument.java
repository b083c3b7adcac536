package dev.triage502.evidence.arm.form;

import java.util.List;
import java.util.stream.Stream;

/**
 * A document that was recognised.
 *
 * @param as    what it was taken for, as a person would say: {@code access log, 214 rows}
 * @param parts what it gives
 * @param notes what of it was left out, and why; empty if nothing was
 */
public record TakenDocument(String as, List<TakenPart> parts, List<String> notes) {

    public TakenDocument {
        parts = List.copyOf(parts);
        notes = List.copyOf(notes);
    }

    TakenDocument(String as, TakenPart part) {
        this(as, List.of(part), List.of());
    }

    TakenDocument(String as, List<TakenPart> parts) {
        this(as, parts, List.of());
    }

    /** A count with its noun: {@code 1 row}, {@code 214 rows}. */
    static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : noun.endsWith("y") ? "" : "s");
    }

    TakenDocument with(String note) {
        return note.isEmpty()
                ? this
                : new TakenDocument(
                        as,
                        parts,
                        Stream.concat(notes.stream(), Stream.of(note)).toList());
    }
}
