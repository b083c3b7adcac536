/** What a ticket about an incident says, in blocks that each ticket system writes in its own markup. */
@NullMarked
package dev.triage502.deliver.ticket;

import org.jspecify.annotations.NullMarked;
