package dev.triage502.azure;

import dev.triage502.evidence.Source;

/**
 * For what a call is made, and until when an answer is of use.
 *
 * @param source   the source that the answer is, or is part of; a refusal is told as its
 * @param deadline for the call with all its tries, pages and polls
 */
public record CallContext(Source source, Deadline deadline) {}
