package dev.triage502.evidence.arm;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonParser;
import dev.triage502.collect.CaseFolder;
import dev.triage502.collect.RecordedCase;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.evidence.Source;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class EvidenceReaderTest {

    /** Azure promises no order, and none of its lists may change what is found. */
    @ParameterizedTest
    @MethodSource("shipped")
    void readsTheSameFromListsInAnyOrder(String name) {
        RecordedCase recorded = CaseFolder.readShipped(name);
        Evidence evidence = EvidenceReader.read(recorded.incident(), recorded.documents());

        for (long seed = 1; seed <= 3; seed++) {
            SourceDocuments shuffled = Shuffled.of(recorded.documents(), seed);
            assertThat(EvidenceReader.read(recorded.incident(), shuffled))
                    .as("shuffled with seed %s", seed)
                    .isEqualTo(evidence);
        }
    }

    static List<String> shipped() {
        return CaseFolder.shipped();
    }

    @Test
    void saysOfEverySourceThatNobodyAskedThatItWasNotCollected() {
        assertThat(unread(Json.read(SourceDocuments.none())))
                .hasSize(Source.values().length)
                .containsOnly(Why.NOT_COLLECTED);
    }

    @Test
    void anEmptyLogThatNobodyKeepsIsNoLogWithoutTraffic() {
        SourceDocuments empty = SourceDocuments.none().with(Source.ACCESS_LOG, new JsonArray());
        JsonElement noSetting = JsonParser.parseString("{\"value\":[]}");
        JsonElement setting =
                JsonParser.parseString("{\"value\":[{\"name\":\"d\",\"properties\":{\"workspaceId\":\"/w\","
                        + "\"logs\":[{\"category\":\"ApplicationGatewayAccessLog\",\"enabled\":true}]}}]}");

        assertThat(Json.read(empty).accessLog().isPresent()).isTrue();
        assertThat(Json.read(empty.with(Source.DIAGNOSTIC_SETTINGS, setting))
                        .accessLog()
                        .isPresent())
                .isTrue();
        assertThat(Json.read(empty.with(Source.DIAGNOSTIC_SETTINGS, noSetting))
                        .accessLog()
                        .unread())
                .get()
                .extracting(unread -> unread.why())
                .isEqualTo(Why.NOT_ENABLED);
    }

    @ParameterizedTest
    @EnumSource(Source.class)
    void takesNothingForADocumentThatIsNone(Source source) {
        for (String document : List.of("{}", "'words'", "42", "true", "{'value':'words'}", "{'unexpected':[]}")) {
            Reading<?> reading = reading(Json.read(source, document), source);
            assertThat(reading.unread().map(Reading.CouldNotRead::why))
                    .as(document)
                    .isEqualTo(Optional.of(Why.MALFORMED));
            assertThat(reading.unread().orElseThrow().detail()).startsWith(source.fileName() + ": ");
        }
        assertThat(reading(Json.read(source, JsonNull.INSTANCE), source).isPresent())
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(Source.class)
    void keepsTheReasonWhyADocumentCouldNotBeRead(Source source) {
        Evidence evidence = Json.read(source, "{'error':{'code':'AuthorizationFailed','message':'no right to read'}}");
        assertThat(reading(evidence, source))
                .isEqualTo(Reading.couldNotRead(source, Why.FORBIDDEN, "AuthorizationFailed: no right to read"));
    }

    /** The rest of the document counts, and it is said what of it does not. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "GATEWAY | {'backendAddressPools':[],'gatewayIPConfigurations':[{'name':'ip'}]}"
                        + " | an IP configuration with its subnet",
                "NETWORK | {'networkSecurityGroups':[{'securityRules':[]}]} | a resource with its id",
                "NETWORK | {'virtualNetworks':[{'addressSpace':{}}]} | a virtual network with its id",
                "NETWORK | {'securityAdminRules':[{'value':[]}]} | an answer with the virtualNetwork that was asked",
                "NETWORK | {'networkInterfaces':[{'name':'nic'}]} | a resource with its id",
                "ACTIVITY_LOG | {'value':[{'operationName':{'value':'x'}}]} | an event with its eventTimestamp",
                "BACKENDS | {'virtualMachines':[{'name':'vm'}]} | a resource with its id",
                "ACCESS_LOG | [{'HttpStatus':502},{'HttpStatus':502,'TimeGenerated':'2026-03-02T08:30:00Z'}]"
                        + " | a row without a time"
            })
    void anElementThatLacksWhatMakesItUsableCostsItselfAlone(Source source, String document, String words) {
        Evidence evidence = Json.read(source, document);

        assertThat(reading(evidence, source).isPresent()).isTrue();
        assertThat(evidence.lost().get(source)).contains(words);
    }

    @Test
    void whatADocumentSaysThatItLacksIsReadInPart() {
        Evidence evidence = Json.read(
                Source.METRICS,
                "{'value':[],'unread':{'CpuUtilization':{'code':'X','message':'no'},'b':{'code':'Y'},'odd':5}}");

        assertThat(evidence.readInPart()).containsEntry(Source.METRICS, "CpuUtilization: X: no; b: Y");
        assertThat(Json.read(Source.METRICS, "{'value':[],'unread':{}}").readInPart())
                .isEmpty();
    }

    private static Reading<?> reading(Evidence evidence, Source source) {
        return evidence.bySource().get(source.ordinal());
    }

    private static List<Why> unread(Evidence evidence) {
        return evidence.bySource().stream()
                .flatMap(reading -> reading.unread().stream())
                .map(Reading.CouldNotRead::why)
                .flatMap(Stream::of)
                .toList();
    }
}
