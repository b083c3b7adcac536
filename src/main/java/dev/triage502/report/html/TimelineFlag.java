package dev.triage502.report.html;

import dev.triage502.report.IncidentTimeline.Kind;

/** The mark of an event: its letter in a shape that tells its kind without a colour. */
final class TimelineFlag {

    private TimelineFlag() {}

    /** The mark around the origin, for a chart. */
    static String svg(Kind kind, String letter) {
        return shape(kind) + "<text class=\"tag\" y=\"4\">" + letter + "</text>";
    }

    /** The mark as a picture of its own, for a list. */
    static String alone(Kind kind, String letter) {
        return "<svg class=\"mark\" viewBox=\"-12 -12 24 24\" aria-hidden=\"true\" focusable=\"false\">"
                + svg(kind, letter) + "</svg>";
    }

    /** The name of its class, which sets its colour. */
    static String look(Kind kind) {
        return switch (kind) {
            case ONSET -> "onset";
            case FIX, RECOVERY -> "end";
            default -> "usual";
        };
    }

    private static String shape(Kind kind) {
        String look = "class=\"flag " + look(kind) + "\"";
        return switch (kind) {
            case CHANGE -> "<path " + look + " d=\"M0-11 11 0 0 11-11 0z\"/>";
            case ONSET -> "<path " + look + " d=\"M-4-10h8l6 6v8l-6 6h-8l-6-6v-8z\"/>";
            default -> "<circle " + look + " r=\"9.5\"/>";
        };
    }
}
