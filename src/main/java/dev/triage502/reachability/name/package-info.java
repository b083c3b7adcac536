/** What does a name resolve to for the gateway, and to which addresses does traffic go in the end? */
@NullMarked
package dev.triage502.reachability.name;

import org.jspecify.annotations.NullMarked;
