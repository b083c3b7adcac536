/** Printed commands as bash reads them: words, quotes, substitutions, redirections and pipes. */
@NullMarked
package dev.triage502.remedy.shell;

import org.jspecify.annotations.NullMarked;
