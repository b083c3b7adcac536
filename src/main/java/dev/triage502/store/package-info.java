/** Where incidents, diagnoses and queued work are kept: in an Azure storage account, or in a folder on this machine. */
@NullMarked
package dev.triage502.store;

import org.jspecify.annotations.NullMarked;
