package dev.triage502.ledger;

import java.time.Instant;

/**
 * The measured end of the failures.
 *
 * @param at       when the last request failed, or when it was measured that none fails
 * @param sentence from when to when, from what share to none, and what fixed it
 * @param fixedBy  the change that ended it, in words: {@code netops@example.pl, 14:02 UTC: rule allow-agw}; empty where
 *                 none is known
 */
public record Recovery(Instant at, String sentence, String fixedBy) {}
