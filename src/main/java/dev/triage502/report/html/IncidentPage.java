package dev.triage502.report.html;

import dev.triage502.report.DiagnosisDocument;
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
import java.util.Map;

/**
 * A diagnosis as one HTML file: it asks nobody for anything, opens from disk, and works without script. What stands in it
 * comes from the document alone, so that a page can be made again from a stored one.
 */
public final class IncidentPage {

    private static final TemplateEngine TEMPLATES = TemplateEngine.createPrecompiled(
            null, ContentType.Html, IncidentPage.class.getClassLoader(), "dev.triage502.report.html.template");

    private static final String STYLE = resource("page.css");
    private static final String SCRIPT = resource("page.js");

    /** Nothing is loaded, and only this style and this script count: markup that slipped in could do nothing. */
    private static final String POLICY = "default-src 'none'; style-src '" + hash(STYLE) + "'; script-src '"
            + hash(SCRIPT) + "'; img-src data:; base-uri 'none'; form-action 'none'";

    private IncidentPage() {}

    /** The page, in UTF-8. */
    public static String of(DiagnosisDocument document) {
        StringOutput html = new StringOutput();
        TEMPLATES.render(
                "incident.jte",
                Map.of(
                        "page", new PageViewWriter(document).view(),
                        "style", STYLE,
                        "script", SCRIPT,
                        "policy", POLICY),
                html);
        return html.toString();
    }

    /** The content security policy that the page carries, for whoever sends it as a header too. */
    public static String policy() {
        return POLICY;
    }

    private static String resource(String name) {
        try (InputStream in = IncidentPage.class.getResourceAsStream("/page/" + name)) {
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
