/** What was started, stopped, written or renewed around an incident, found by what it was done to. */
@NullMarked
package dev.triage502.reachability.change;

import org.jspecify.annotations.NullMarked;
