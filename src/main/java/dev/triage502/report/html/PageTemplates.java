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

/** Fills the templates, which escape what they are given, with the styles and the script of our pages. */
final class PageTemplates {

    private static final TemplateEngine TEMPLATES = TemplateEngine.createPrecompiled(
            null, ContentType.Html, PageTemplates.class.getClassLoader(), "dev.triage502.report.html.template");

    private static final String STYLE = resource("page.css");
    private static final String PLAIN_STYLE = STYLE + resource("plain.css");
    private static final String SCRIPT = resource("page.js");

    private static final String SENDS_NOTHING = "'none'";
    private static final String SENDS_TO_ITS_OWN_ADDRESS = "'self'";

    private PageTemplates() {}

    /** The page of an incident. */
    static HtmlPage page(String template, Map<String, Object> values) {
        return filled(template, values, STYLE, SENDS_NOTHING);
    }

    /** A page around it. */
    static HtmlPage plain(String template, Map<String, Object> values) {
        return filled(template, values, PLAIN_STYLE, SENDS_NOTHING);
    }

    /** A page with a form, which is sent to where the page came from. */
    static HtmlPage form(String template, Map<String, Object> values) {
        return filled(template, values, PLAIN_STYLE, SENDS_TO_ITS_OWN_ADDRESS);
    }

    private static HtmlPage filled(String template, Map<String, Object> values, String style, String formAction) {
        String policy = policy(style, formAction);
        Map<String, Object> all = new HashMap<>(values);
        all.put("style", style);
        all.put("script", SCRIPT);
        all.put("policy", policy);
        StringOutput html = new StringOutput();
        TEMPLATES.render(template, all, html);
        return new HtmlPage(html.toString(), policy);
    }

    /** Nothing is loaded, and only this style and this script count: markup that slipped in could do nothing. */
    private static String policy(String style, String formAction) {
        return "default-src 'none'; style-src '" + hash(style) + "'; script-src '" + hash(SCRIPT)
                + "'; img-src data:; base-uri 'none'; form-action " + formAction;
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
