/**
 * Does the gateway reach each of its servers, and if not, what stops it? The result and the terms that all checks share.
 */
@NullMarked
package dev.triage502.reachability;

import org.jspecify.annotations.NullMarked;
