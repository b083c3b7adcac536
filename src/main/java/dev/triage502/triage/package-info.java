/** The whole way from documents to a report, put together; pure, so that live runs and replays share it. */
@NullMarked
package dev.triage502.triage;

import org.jspecify.annotations.NullMarked;
