/** Which rule of which network security group decides for an address and a port? */
@NullMarked
package dev.triage502.reachability.nsg;

import org.jspecify.annotations.NullMarked;
