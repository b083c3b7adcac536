package dev.triage502.link;

import java.time.Instant;

/**
 * What a link allows: to see one incident, to download what belongs to it, and to say whether its diagnosis was right.
 *
 * @param incident the incident's id
 * @param expires  from when on it allows nothing
 * @param series   how often the links of this incident had been revoked when it was made; it allows nothing once they were
 *                 revoked again
 */
public record LinkGrant(String incident, Instant expires, int series) {}
