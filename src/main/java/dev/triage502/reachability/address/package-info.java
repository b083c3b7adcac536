/** Where does an address lie, as seen from the gateway: in its own network, beyond a peering, or nowhere known? */
@NullMarked
package dev.triage502.reachability.address;

import org.jspecify.annotations.NullMarked;
