/** Whether printed remedies work: that each change applies, that its undo restores, and that the cause is gone after it. */
@NullMarked
package dev.triage502.remedy.proof;

import org.jspecify.annotations.NullMarked;
