package dev.triage502.report.html;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** Fills the templates, which escape what they are given, with the one style and the one script of all pages. */
final class PageTemplates {

    private static final TemplateEngine TEMPLATES = TemplateEngine.createPrecompiled(
            null, ContentType.Html, PageTemplates.class.getClassLoader(), "dev.triage502.report.html.template");

    private static final String STYLE = resource("page.css");
    private static final String SCRIPT = resource("page.js");

    /** Nothing is loaded, and only this style and this script count: markup that slipped in could do nothing. */
    private static final String SEALED = "default-src 'none'; style-src '" + hash(STYLE) + "'; script-src '"
            + hash(SCRIPT) + "'; img-src data:; base-uri 'none'; form-action ";

    /** Of a page without a form. */
    static final String POLICY = SEALED + "'none'";

    /** Of a page whose form is sent to where the page came from. */
    private static final String POLICY_OF_FORM = SEALED + "'self'";

    private PageTemplates() {}

    static HtmlPage page(String template, Map<String, Object> values) {
        return filled(template, values, POLICY);
    }

    static HtmlPage form(String template, Map<String, Object> values) {
        return filled(template, values, POLICY_OF_FORM);
    }

    private static HtmlPage filled(String template, Map<String, Object> values, String policy) {
        Map<String, Object> all = new HashMap<>(values);
        all.put("style", STYLE);
        all.put("script", SCRIPT);
        all.put("policy", policy);
        StringOutput html = new StringOutput();
        TEMPLATES.render(template, all, html);
        return new HtmlPage(html.toString(), policy);
    }

    private static String resource(String name) {
        try (InputStream in = PageTemplates.class.getResourceAsStream("/page/" + name)) {
            if (in == null) {
                throw new IllegalStateException("page/" + name + " is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
