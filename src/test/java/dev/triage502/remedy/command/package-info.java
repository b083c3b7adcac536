/** The commands of the Azure CLI: which there are, with which options, and what a printed one asks for. */
@NullMarked
package dev.triage502.remedy.command;

import org.jspecify.annotations.NullMarked;
