/** Which servers are in use, and what did requests and direct probes show of each? */
@NullMarked
package dev.triage502.reachability.server;

import org.jspecify.annotations.NullMarked;
