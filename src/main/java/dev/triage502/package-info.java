/** Finds out why an Azure Application Gateway answers 502, and tells the people who run it. */
@NullMarked
package dev.triage502;

import org.jspecify.annotations.NullMarked;
