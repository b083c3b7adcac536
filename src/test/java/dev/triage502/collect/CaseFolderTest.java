package dev.triage502.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.SourceDocuments;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class CaseFolderTest {

    private static final Path CASES = Path.of("src/test/resources/cases");
    private static final String GATEWAY =
            "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/applicationGateways/agw";

    @TempDir
    Path folder;

    static Stream<Path> cases() throws IOException {
        return Files.list(CASES).filter(Files::isDirectory).sorted();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyCaseOfTheCorpusIsRead(Path each) throws IOException {
        RecordedCase recorded = CaseFolder.read(each);

        assertThat(recorded.id()).isEqualTo(each.getFileName().toString());
        assertThat(recorded.expected()).isPresent();
        assertThat(recorded.gateway()).isNotEqualTo(GatewayName.UNKNOWN);
        for (Source source : Source.values()) {
            Path file = each.resolve(source.fileName());
            assertThat(recorded.documents().get(source).isPresent())
                    .as(source.id())
                    .isEqualTo(Files.exists(file) && !isAzuresError(file));
        }
    }

    private static boolean isAzuresError(Path file) throws IOException {
        JsonElement document = JsonParser.parseString(Files.readString(file));
        return document.isJsonObject() && document.getAsJsonObject().has("error");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aCaseWrittenIsTheCaseRead(Path each) throws IOException {
        RecordedCase recorded = CaseFolder.read(each);

        CaseFolder.write(folder.resolve(recorded.id()), recorded);

        assertSame(CaseFolder.read(folder.resolve(recorded.id())), recorded);
        assertSame(CaseFolder.of(recorded.id(), CaseFolder.files(recorded)), recorded);
    }

    @Test
    void theIncidentIsTheHourBeforeTheAlert() {
        RecordedCase recorded = CaseFolder.read(CASES.resolve("two-web-vms-patch-night"));

        assertThat(recorded.incident().from()).isEqualTo(Instant.parse("2024-03-12T03:20:00Z"));
        assertThat(recorded.incident().to()).isEqualTo(Instant.parse("2024-03-12T04:20:00Z"));
        assertThat(recorded.incident().gateway()).isEqualTo(recorded.gateway());
    }

    @Test
    void aMalformedDocumentIsAReadingAndTheRestStands() throws IOException {
        write("case.json", "{\"alertedAt\":\"2026-01-31T09:10:00+01:00\"}");
        write("gateway.json", "{\"id\":\"" + GATEWAY + "\"}");
        write("access-log.json", "[{\"HttpStatus\":502},");
        write("metrics.json", "<html>Sign in</html>");

        RecordedCase recorded = CaseFolder.read(folder);

        assertThat(recorded.alertedAt()).isEqualTo(Instant.parse("2026-01-31T08:10:00Z"));
        assertThat(recorded.id()).isEqualTo(folder.getFileName().toString());
        assertThat(recorded.documents().get(Source.GATEWAY).isPresent()).isTrue();
        assertThat(unread(recorded, Source.ACCESS_LOG).why()).isEqualTo(Why.MALFORMED);
        assertThat(unread(recorded, Source.ACCESS_LOG).detail())
                .startsWith("access-log.json: ")
                .contains("HttpStatus");
        assertThat(unread(recorded, Source.METRICS).detail()).contains("<html>");
        assertThat(unread(recorded, Source.NETWORK).why()).isEqualTo(Why.NOT_COLLECTED);
    }

    @Test
    void anErrorOfAzuresIsWhyTheSourceCouldNotBeRead() throws IOException {
        write("case.json", "{\"alertedAt\":\"2026-01-31T09:10:00Z\"}");
        write("backend-health.json", "{\"error\":{\"code\":\"AuthorizationFailed\",\"message\":\"The client …\"}}");

        CouldNotRead<JsonElement> unread = unread(CaseFolder.read(folder), Source.BACKEND_HEALTH);

        assertThat(unread.why()).isEqualTo(Why.FORBIDDEN);
        assertThat(unread.detail()).isEqualTo("AuthorizationFailed: The client …");
    }

    @Test
    void theGatewayIsFoundInTheLogWhenItsOwnDocumentIsMissing() throws IOException {
        write("case.json", "{\"alertedAt\":\"2026-01-31T09:10:00Z\"}");
        write("access-log.json", "[{\"HttpStatus\":502,\"_ResourceId\":\"" + GATEWAY.toUpperCase() + "\"}]");

        assertThat(CaseFolder.read(folder).gateway().toString()).isEqualToIgnoringCase(GATEWAY);
    }

    @Test
    void aGatewayThatNoDocumentNamesIsCalledUnknown() throws IOException {
        write("case.json", "{\"alertedAt\":\"2026-01-31T09:10:00Z\"}");

        assertThat(CaseFolder.read(folder).gateway().name()).isEqualTo("unknown");
    }

    @Test
    void filesWrittenByWindowsShellsAreRead() throws IOException {
        Files.write(
                folder.resolve("case.json"),
                "\uFEFF{\"alertedAt\":\"2026-01-31T09:10:00Z\"}".getBytes(StandardCharsets.UTF_8));
        Files.write(
                folder.resolve("gateway.json"),
                ("\uFEFF{\"id\":\"" + GATEWAY + "\"}").getBytes(StandardCharsets.UTF_16LE));

        assertThat(CaseFolder.read(folder).gateway().name()).isEqualTo("agw");
    }

    @Test
    void complaintsSayWhichFileWhatWasSeenAndWhatWouldBeRight() throws IOException {
        assertThatThrownBy(() -> CaseFolder.read(folder.resolve("nowhere")))
                .isInstanceOf(UnreadableCase.class)
                .hasMessageContaining("nowhere does not exist")
                .hasMessageContaining("a folder that contains a case.json");
        assertThatThrownBy(() -> CaseFolder.read(folder))
                .hasMessageContaining(folder + " has no case.json")
                .hasMessageContaining("alertedAt");
        write("case.json", "{\"id\":\"x\"}");
        assertThatThrownBy(() -> CaseFolder.read(folder)).hasMessageContaining("case.json: alertedAt is missing");
        write("case.json", "{\"alertedAt\":\"yesterday\"}");
        assertThatThrownBy(() -> CaseFolder.read(folder))
                .hasMessageContaining("\"yesterday\"")
                .hasMessageContaining("2026-01-31T09:10:00Z");
        write("case.json", "[1");
        assertThatThrownBy(() -> CaseFolder.read(folder))
                .hasMessageContaining("case.json: ")
                .hasMessageContaining("[1");
        write(
                "case.json",
                "{\"alertedAt\":\"2026-01-31T09:10:00Z\",\"expected\":{\"rootCause\":\"a\",\"mustNotName\":\"b\"}}");
        assertThatThrownBy(() -> CaseFolder.read(folder)).hasMessageContaining("mustNotName is \"b\"");
        assertThatThrownBy(() -> CaseFolder.readShipped("no-such"))
                .hasMessageContaining("no-such is not a bundled case");
    }

    @ParameterizedTest
    @EnumSource(Why.class)
    void whyASourceWasUnreadSurvivesTheFolder(Why why) throws IOException {
        for (String detail :
                new String[] {"TooManyRequests: later", "AuthorizationFailed: no", "plain words", "a: b"}) {
            RecordedCase recorded = withReading(Reading.couldNotRead(Source.METRICS, why, detail));

            CaseFolder.write(folder, recorded);
            CouldNotRead<JsonElement> unread = unread(CaseFolder.read(folder), Source.METRICS);

            assertThat(unread.why()).isEqualTo(why);
            if (why != Why.NOT_COLLECTED) {
                assertThat(unread.detail()).contains(detail);
            }
        }
    }

    private static RecordedCase withReading(Reading<JsonElement> reading) {
        return new RecordedCase(
                "x",
                "",
                GatewayName.UNKNOWN,
                Instant.EPOCH,
                java.util.Optional.empty(),
                SourceDocuments.none().with(Source.METRICS, reading));
    }

    @Test
    void everyShippedCaseIsRead() {
        assertThat(CaseFolder.shipped()).isNotEmpty().allSatisfy(name -> {
            RecordedCase shipped = CaseFolder.readShipped(name);
            assertThat(shipped.id()).isNotBlank();
            assertThat(shipped.documents().get(Source.GATEWAY).isPresent()).isTrue();
        });
    }

    private static void assertSame(RecordedCase actual, RecordedCase expected) {
        assertThat(actual.id()).isEqualTo(expected.id());
        assertThat(actual.title()).isEqualTo(expected.title());
        assertThat(actual.alertedAt()).isEqualTo(expected.alertedAt());
        assertThat(actual.gateway()).isEqualTo(expected.gateway());
        assertThat(actual.expected()).isEqualTo(expected.expected());
        for (Source source : Source.values()) {
            assertThat(actual.documents().get(source))
                    .as(source.id())
                    .isEqualTo(expected.documents().get(source));
        }
    }

    private static CouldNotRead<JsonElement> unread(RecordedCase recorded, Source source) {
        return recorded.documents().get(source).unread().orElseThrow();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
