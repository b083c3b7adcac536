package dev.triage502.report;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The schema that ships in the jar, for tests of whatever makes a document. */
public final class DiagnosisSchema {

    private final Schema schema;

    public DiagnosisSchema() {
        this("diagnosis-v1");
    }

    private DiagnosisSchema(String name) {
        try (InputStream in = DiagnosisSchema.class.getResourceAsStream("/schema/" + name + ".json")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(text, InputFormat.JSON);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** That of an incident. */
    public static DiagnosisSchema ofIncident() {
        return new DiagnosisSchema("incident-v1");
    }

    /** What is wrong with a document; empty when nothing is. */
    public List<String> problems(String document) {
        return schema
                .validate(
                        document,
                        InputFormat.JSON,
                        context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(Object::toString)
                .toList();
    }
}
