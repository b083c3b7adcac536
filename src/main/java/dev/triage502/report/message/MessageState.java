package dev.triage502.report.message;

/**
 * Where an incident is, by word and shape; each alone says it.
 *
 * @param words {@code Open · Sev 1}, {@code Recovered}
 * @param shape what a channel may add as a sign and a colour
 */
public record MessageState(String words, Shape shape) {

    /** How a state looks. */
    public enum Shape {
        /** Broken now, and the cause is known. */
        BROKEN("✖", Look.BAD),
        /** The cause or the recovery is not known. */
        UNKNOWN("◇", Look.WARN),
        /** It ends and begins again. */
        FLAPPING("▲", Look.WARN),
        /** Requests are served again, as measured. */
        RECOVERED("✔", Look.OK),
        /** Nothing is wrong. */
        NO_FAULT("○", Look.NEUTRAL);

        private final String sign;
        private final Look look;

        Shape(String sign, Look look) {
            this.sign = sign;
            this.look = look;
        }

        /** One character that says it without a colour. */
        public String sign() {
            return sign;
        }

        /** The colour's meaning. */
        public Look look() {
            return look;
        }
    }

    /** What a colour says. */
    public enum Look {
        BAD,
        WARN,
        OK,
        NEUTRAL
    }

    /** {@code ✖ Open · Sev 1}. */
    public String line() {
        return shape.sign() + " " + words;
    }
}
