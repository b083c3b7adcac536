package dev.triage502.evidence.arm;

/** An answer is not what the document should be; says where, what was seen and what would be right. */
final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1;

    Malformed(String message) {
        super(message);
    }
}
