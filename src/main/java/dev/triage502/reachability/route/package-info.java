/** Which route wins from a subnet to an address, and does traffic get there and back? */
@NullMarked
package dev.triage502.reachability.route;

import org.jspecify.annotations.NullMarked;
