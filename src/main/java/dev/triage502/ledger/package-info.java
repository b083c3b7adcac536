/** What to do with an alert, given what is open: decided purely, and the port to where that is kept. */
@NullMarked
package dev.triage502.ledger;

import org.jspecify.annotations.NullMarked;
