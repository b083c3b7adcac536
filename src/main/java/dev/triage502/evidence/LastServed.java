package dev.triage502.evidence;

import java.time.Instant;

/**
 * When a server last answered a request of its pool, before the window in question: it did work once.
 *
 * @param pool          the backend pool; empty where the log names none
 * @param serverAddress the server that answered
 * @param at            its last answer; before the window, and at most a day before
 * @param requests      how many it answered on that day
 */
public record LastServed(String pool, String serverAddress, Instant at, long requests) {}
