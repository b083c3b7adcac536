package dev.triage502.evidence.arm;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Source;
import dev.triage502.incident.Incident;
import dev.triage502.incident.ResourceId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** SourceDocuments for the readers' tests: written in the test, or published by Azure. */
final class Json {

    static final ResourceId GATEWAY = ResourceId.of("/subscriptions/11111111-2222-3333-4444-555555555555"
            + "/resourceGroups/rg-shop/providers/Microsoft.Network/applicationGateways/agw-shop");

    private static final Path EXAMPLES = Path.of("src/test/resources/examples");

    private Json() {}

    /** JSON with apostrophes for quotation marks. */
    static JsonElement of(String text) {
        return JsonParser.parseString(text.replace('\'', '"'));
    }

    /** A captured document. */
    static JsonElement captured(String name) {
        return file(EXAMPLES.resolve("captured").resolve(name + ".json"));
    }

    /** The answer in one of the samples that come with Azure's API definitions. */
    static JsonElement example(String name) {
        return file(EXAMPLES.resolve(name + ".json"))
                .getAsJsonObject()
                .getAsJsonObject("responses")
                .getAsJsonObject("200")
                .get("body");
    }

    static Evidence read(SourceDocuments documents) {
        Incident incident = Incident.alertedAt(GATEWAY, Instant.parse("2026-03-02T09:00:00Z"));
        return EvidenceReader.read(incident, documents);
    }

    static Evidence read(Source source, JsonElement document) {
        return read(SourceDocuments.none().with(source, document));
    }

    static Evidence read(Source source, String document) {
        return read(source, of(document));
    }

    private static JsonElement file(Path file) {
        try {
            return JsonParser.parseString(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
