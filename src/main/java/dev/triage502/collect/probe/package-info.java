/**
 * Asks the backends themselves, past the gateway, from where this program runs: name, connection, TLS, answer. Sends to
 * nothing but what the gateway's configuration holds, and never to this machine or to the platform's own addresses.
 */
@NullMarked
package dev.triage502.collect.probe;

import org.jspecify.annotations.NullMarked;
