/** What is behind an address or a name, and is it running? */
@NullMarked
package dev.triage502.reachability.member;

import org.jspecify.annotations.NullMarked;
