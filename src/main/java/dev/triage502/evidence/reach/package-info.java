/** Works out whether the gateway reaches its servers, from rules, routes, names and the state of what stands there. */
@NullMarked
package dev.triage502.evidence.reach;

import org.jspecify.annotations.NullMarked;
