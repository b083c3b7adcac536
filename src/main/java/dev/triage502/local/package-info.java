/** Azure on this machine, for demos and tests: the pretend Azure answers, the local host runs the functions. */
@NullMarked
package dev.triage502.local;

import org.jspecify.annotations.NullMarked;
