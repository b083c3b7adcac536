/** The Azure APIs as the collectors need them: the only place that knows endpoints, api-versions and tokens. */
@NullMarked
package dev.triage502.azure;

import org.jspecify.annotations.NullMarked;
