/** What does Windows make of a command that is printed for PowerShell? Parsed and computed, never executed. */
@NullMarked
package dev.triage502.remedy.powershell;

import org.jspecify.annotations.NullMarked;
