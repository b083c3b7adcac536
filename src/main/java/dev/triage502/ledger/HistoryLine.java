package dev.triage502.ledger;

import java.time.Instant;

/** One decision on an incident, in words. */
public record HistoryLine(Instant at, String text) {}
