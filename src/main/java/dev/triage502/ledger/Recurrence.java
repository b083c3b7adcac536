package dev.triage502.ledger;

import java.time.Instant;

/**
 * How often the same cause was at the same target before.
 *
 * @param times  how many incidents, this one included
 * @param first  when the first of them was opened
 * @param last   when the one before this was opened
 * @param before the id of the one before this
 */
public record Recurrence(int times, Instant first, Instant last, String before) {}
