package dev.triage502.cli;

import dev.triage502.report.Report;
import java.util.Collection;
import java.util.Comparator;

/** What a diagnosis means for a pipeline, as an exit code. Usage errors and failures keep theirs. */
enum OutcomeCode {
    HEALTHY(0, "healthy"),
    CONFIRMED(10, "confirmed"),
    LIKELY(11, "likely"),
    POSSIBLE(12, "possible"),
    CANNOT_TELL(13, "cannot tell");

    private final int code;
    private final String words;

    OutcomeCode(int code, String words) {
        this.code = code;
        this.words = words;
    }

    static OutcomeCode of(Report report) {
        return switch (report.outcome()) {
            case NO_FAULT, RECOVERED -> HEALTHY;
            case UNTOLD -> CANNOT_TELL;
            case FAULT ->
                switch (report.document().confidence()) {
                    case "confirmed" -> CONFIRMED;
                    case "likely" -> LIKELY;
                    default -> POSSIBLE;
                };
        };
    }

    /** Of several the one that matters most: a fault before what could not be told, the surer first. */
    static OutcomeCode worst(Collection<OutcomeCode> all) {
        return all.stream()
                .filter(each -> each != HEALTHY)
                .min(Comparator.naturalOrder())
                .orElse(HEALTHY);
    }

    int code() {
        return code;
    }

    String words() {
        return words;
    }
}
