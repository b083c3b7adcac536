/** One incident as a page: what broke, who is hit, what to do first, why, where and when. */
@NullMarked
package dev.triage502.report.html;

import org.jspecify.annotations.NullMarked;
