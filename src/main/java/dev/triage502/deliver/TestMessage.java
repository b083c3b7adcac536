package dev.triage502.deliver;

import com.google.gson.JsonParser;
import dev.triage502.report.DiagnosisDocument;
import dev.triage502.report.IncidentLinks;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** A message that looks like a diagnosis and says that it is a test: to see whether a channel works. */
public final class TestMessage {

    private TestMessage() {}

    /** @param now tells one test from another */
    public static ReportNotice at(Instant now) {
        try (InputStream in = TestMessage.class.getResourceAsStream("/samples/test-message.json")) {
            if (in == null) {
                throw new IllegalStateException("samples/test-message.json is not in the jar");
            }
            Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8);
            DiagnosisDocument document =
                    DiagnosisDocument.read(JsonParser.parseReader(reader).getAsJsonObject());
            return ReportNotice.of(document, IncidentLinks.none(), document.incident() + "-" + now.getEpochSecond());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
