/** What every message says of an incident, made once of its report: a channel gives it its form and no other words. */
@NullMarked
package dev.triage502.report.message;

import org.jspecify.annotations.NullMarked;
