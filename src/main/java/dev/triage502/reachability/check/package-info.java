/** One check for each step of the network path, and what they decide together for each server. */
@NullMarked
package dev.triage502.reachability.check;

import org.jspecify.annotations.NullMarked;
