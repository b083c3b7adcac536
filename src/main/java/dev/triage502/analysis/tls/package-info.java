/** What is wrong with the TLS of a server, as probes, requests and direct handshakes show it? */
@NullMarked
package dev.triage502.analysis.tls;

import org.jspecify.annotations.NullMarked;
