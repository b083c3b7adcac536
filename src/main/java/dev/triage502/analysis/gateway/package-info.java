/** What happened to the gateway itself: updates by its writers, capacity, platform events? */
@NullMarked
package dev.triage502.analysis.gateway;

import org.jspecify.annotations.NullMarked;
