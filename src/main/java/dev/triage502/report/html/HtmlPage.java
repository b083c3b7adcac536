package dev.triage502.report.html;

/**
 * A page of ours, for whoever serves it.
 *
 * @param html   the page, which loads nothing
 * @param policy the content security policy that it carries, to be sent as a header too
 */
public record HtmlPage(String html, String policy) {}
