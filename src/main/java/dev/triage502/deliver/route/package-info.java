/** Which channel gets which message, and when: the document of the channels, filters, quiet hours, fallbacks. */
@NullMarked
package dev.triage502.deliver.route;

import org.jspecify.annotations.NullMarked;
