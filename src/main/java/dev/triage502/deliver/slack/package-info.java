/** How an incident looks as a message in Slack: its blocks, within Slack's limits, with every text from outside made inert. */
@NullMarked
package dev.triage502.deliver.slack;

import org.jspecify.annotations.NullMarked;
