package dev.triage502.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.diagnosis.Confidence;
import dev.triage502.diagnosis.Diagnosis;
import dev.triage502.diagnosis.Diagnosis.NamedCause;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.Target.Kind;
import dev.triage502.evidence.Target.Place;
import dev.triage502.incident.Incident;
import dev.triage502.report.Report.Outcome;
import dev.triage502.report.Report.Row;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReportTest {

    private static final DocumentWriter WRITER =
            new DocumentWriter(Diagnoses.PAGES, Diagnoses.SOURCE_PAGES, "triage502 1.2.3");

    @Test
    void asText() {
        Golden.compare("report.txt", new TextReport(false).render(report(Diagnoses.certificateExpired())));
    }

    @Test
    void asMarkdown() {
        Golden.compare("report.md", MarkdownReport.render(report(Diagnoses.certificateExpired())));
    }

    @Test
    void ofNothingReadAsText() {
        Golden.compare("nothing-read.txt", new TextReport(false).render(report(Diagnoses.nothingRead())));
    }

    @Test
    void ofARecoveredGatewayAsText() {
        Golden.compare("recovered.txt", new TextReport(false).render(report(Diagnoses.recovered())));
    }

    @Test
    void colourAddsNothingButColour() {
        Report report = report(Diagnoses.certificateExpired());
        String coloured = new TextReport(true).render(report);
        assertThat(coloured)
                .contains("\u001b[1;31m✖ Open\u001b[0m\u001b[1m · Confirmed")
                .contains("\u001b[1;31m0 of 2\u001b[0m servers in pool orders")
                .contains("nsg blocks backend \u001b[2m(nsg-blocks-backend)\u001b[0m: rule")
                .containsPattern("\u001b\\[2mIncident .*" + Diagnoses.INCIDENT.id());
        assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(new TextReport(false).render(report));
        TextStyle narrow = new TextStyle(60, true, true);
        String beside = new TextReport(narrow).render(report);
        assertThat(beside).contains("  \u001b[2mdirect probe:\u001b[0m 09:12 UTC");
        assertThat(beside.replaceAll("\u001b\\[[0-9;]*m", ""))
                .isEqualTo(new TextReport(new TextStyle(60, false, true)).render(report));
    }

    @Test
    void anOpenIncidentHasTheSeverityOfItsAlert() {
        Incident asked = Diagnoses.INCIDENT;
        Incident alerted = new Incident(
                asked.id(), asked.gateway(), asked.from(), asked.to(), asked.alertedAt(), OptionalInt.of(1));
        Diagnosis diagnosis = Diagnosis.builder()
                .incident(alerted)
                .root(Diagnoses.certificateExpired().root())
                .evidenceRead(List.of())
                .build();

        assertThat(report(diagnosis).state()).isEqualTo("Open · Sev 1 · Confirmed");
    }

    @Test
    void tellsChannelsWhatKindOfAnswerItIs() {
        assertThat(Diagnoses.all().stream().map(ReportTest::report).map(Report::outcome))
                .containsExactly(Outcome.FAULT, Outcome.UNTOLD, Outcome.RECOVERED, Outcome.NO_FAULT);
    }

    @Test
    void theHeadlineIsTheTitleAndTheTargetWherePagesHaveNoBetterOne() {
        assertThat(headline(Target.of(Kind.POOL, "images", ""), List.of()))
                .isEqualTo("of no page: pool images (502 at agw-shop, likely)");
        assertThat(headline(Target.of(Kind.NSG_RULE, "deny", "").on(Place.NSG, "nsg-app"), List.of()))
                .isEqualTo("of no page: NSG rule deny of nsg-app (502 at agw-shop, likely)");
        assertThat(headline(Target.of(Kind.ROUTE, "all", "").on(Place.ROUTE_TABLE, "rt-app"), List.of()))
                .isEqualTo("of no page: route all of rt-app (502 at agw-shop, likely)");
        assertThat(headline(Target.server("10.0.0.4", "orders"), List.of(Target.server("10.0.0.5", "orders"))))
                .isEqualTo("of no page: 10.0.0.4 in pool orders, and 1 more server (502 at agw-shop, likely)");
    }

    @Test
    void theTitleIsTheHeadlineWithoutWhereAndHowSure() {
        assertThat(Headline.title("pool-web is down (502 at agw-shop, likely)", "agw-shop", "likely"))
                .isEqualTo("pool-web is down");
        assertThat(Headline.title("agw-shop has no route to pool-web", "agw-shop", "confirmed"))
                .isEqualTo("agw-shop has no route to pool-web");
        assertThat(Headline.title("agw-shop: recovered — last failed request at 05:23 UTC", "agw-shop", ""))
                .isEqualTo("Last failed request at 05:23 UTC");
        assertThat(Headline.title("502 at agw-shop: nothing listens (confirmed)", "agw-shop", "confirmed"))
                .isEqualTo("Nothing listens");
    }

    @Test
    void theHeadlineFitsALockScreen() {
        String headline = headline(Target.of(Kind.POOL, "p".repeat(400), ""), List.of());
        assertThat(headline).hasSizeLessThanOrEqualTo(200).endsWith("… (502 at agw-shop, likely)");
    }

    @Test
    void aGatewayIsCalledSoOnce() {
        Target nameless = Target.of(Kind.GATEWAY, "gateway", "");
        assertThat(at(nameless, List.of())).containsExactly("the gateway");
        assertThat(at(Target.of(Kind.GATEWAY, "agw-shop", ""), List.of())).containsExactly("gateway agw-shop");
    }

    @Test
    void aTargetIsNotListedAgainUnderAlso() {
        Target server = Target.server("10.0.0.4", "orders");
        assertThat(at(
                        server.on(Place.SETTING, "bs-one"),
                        List.of(
                                server.on(Place.SETTING, "bs-two"),
                                Target.server("10.0.0.5", "orders").on(Place.SETTING, "bs-one"),
                                Target.server("10.0.0.5", "Orders").on(Place.SETTING, "bs-two"))))
                .containsExactly(
                        "10.0.0.4 in pool orders (backend setting bs-one, bs-two); also 10.0.0.5 in pool orders");
    }

    private static List<String> at(Target target, List<Target> alsoAt) {
        return report(naming(target, alsoAt, List.of(Finding.of(Source.GATEWAY, target, "so it is"))))
                .section(Report.Kind.IMPACT)
                .rows()
                .stream()
                .filter(row -> row.label().equals("Where"))
                .map(Row::text)
                .toList();
    }

    @Test
    void longListsAreCutWithAWordOnIt() {
        List<Finding> many = IntStream.rangeClosed(1, 40)
                .mapToObj(i -> Finding.of(
                        Source.BACKEND_HEALTH,
                        Target.server("10.0.0." + i, "orders"),
                        "10.0.0." + i + ": no answer for " + i + " s"))
                .toList();
        Report report = report(naming(many.get(0).target(), List.of(), many));
        List<Row> rows = report.section(Report.Kind.WHY).rows();
        assertThat(rows).hasSize(5);
        assertThat(rows.get(4).text()).isEqualTo("… and 37 more facts (see the JSON).");
    }

    @Test
    void whatIsSaidOfManyServersIsSaidOnce() {
        List<Finding> alike = IntStream.rangeClosed(1, 7)
                .mapToObj(i -> Finding.of(
                        Source.BACKEND_HEALTH, Target.server("10.0.0." + i, "orders"), "10.0.0." + i + " is Unhealthy"))
                .toList();
        assertThat(report(naming(alike.get(0).target(), List.of(), alike))
                        .section(Report.Kind.WHY)
                        .rows())
                .extracting(Row::text)
                .containsExactly(
                        "Cause: of-no-page.",
                        "Backend health: 10.0.0.1, 10.0.0.2, 10.0.0.3, 10.0.0.4, 10.0.0.5 and 2 more are Unhealthy.");
    }

    @Test
    void whatALongerFactOfTheSourceSaysTooIsLeftOut() {
        Target server = Target.server("10.0.0.4", "orders");
        List<Finding> facts = List.of(
                Finding.of(Source.DIRECT_PROBE, server, "10.0.0.4 aborts the TLS handshake (SNI a.example): \"alert\""),
                Finding.of(Source.DIRECT_PROBE, server, "10.0.0.4 aborts the TLS handshake: \"alert\""),
                Finding.of(Source.METRICS, server, "10.0.0.4 aborts the TLS handshake"));

        assertThat(report(naming(server, List.of(), facts))
                        .section(Report.Kind.WHY)
                        .rows())
                .extracting(Row::text)
                .containsExactly(
                        "Cause: of-no-page.",
                        "Direct probe: 10.0.0.4 aborts the TLS handshake (SNI a.example): \"alert\".",
                        "Metrics: 10.0.0.4 aborts the TLS handshake.");
    }

    @Test
    void whatIsNotConfirmedIsWeighed() {
        Target server = Target.server("10.0.0.4", "orders");
        Diagnosis likely = naming(
                server,
                List.of(),
                List.of(Finding.of(Source.BACKEND_HEALTH, server, "10.0.0.4 is Unhealthy")),
                List.of(Finding.of(Source.ACCESS_LOG, server, "10.0.0.4 answered 7 requests")));

        Report.Section why = report(likely).section(Report.Kind.WHY);

        assertThat(why.title()).isEqualTo("Why it is likely, not confirmed");
        assertThat(why.rows())
                .extracting(row -> row.label() + " | " + row.text())
                .containsExactly(
                        " | Cause: of-no-page.",
                        "For | Backend health: 10.0.0.4 is Unhealthy.",
                        "Against | Access log: 10.0.0.4 answered 7 requests.");
        assertThat(report(Diagnoses.certificateExpired())
                        .section(Report.Kind.WHY)
                        .title())
                .isEqualTo("Why");
    }

    @Test
    void whatAzureSaysIsNoMarkup() {
        Finding nasty = Finding.of(
                Source.ACCESS_LOG,
                Target.of(Kind.POOL, "p_1_", ""),
                "pool p: \"<script>*x*</script> `y` [z](http://e)\"\n\u001b[2J# big");
        Report report = report(naming(nasty.target(), List.of(), List.of(nasty)));
        assertThat(MarkdownReport.render(report))
                .contains("\"&lt;script&gt;\\*x\\*&lt;/script&gt; \\`y\\` \\[z\\](http://e)\" \\\\x1b\\[2J\\# big");
        assertThat(new TextReport(false).render(report)).doesNotContain("\u001b");
    }

    private static String headline(Target target, List<Target> alsoAt) {
        return report(naming(target, alsoAt, List.of(Finding.of(Source.GATEWAY, target, "so it is"))))
                .headline();
    }

    private static Diagnosis naming(Target target, List<Target> alsoAt, List<Finding> findings) {
        return naming(target, alsoAt, findings, List.of());
    }

    private static Diagnosis naming(Target target, List<Target> alsoAt, List<Finding> findings, List<Finding> against) {
        Diagnosis sample = Diagnoses.noFault();
        return Diagnosis.builder()
                .incident(sample.incident())
                .gateway(sample.gateway())
                .root(new NamedCause(
                        "of-no-page",
                        Optional.of(Confidence.LIKELY),
                        Optional.of(dev.triage502.diagnosis.ConfidenceReason.TWO_SOURCES),
                        Optional.of(target),
                        alsoAt,
                        findings,
                        Optional.empty(),
                        java.util.Map.of()))
                .against(against)
                .contributing(List.of())
                .ruledOut(List.of())
                .couldNotTell(List.of())
                .next(List.of())
                .impact(sample.impact())
                .changes(List.of())
                .evidenceRead(sample.evidenceRead())
                .build();
    }

    private static Report report(Diagnosis diagnosis) {
        return Report.of(WRITER.write(diagnosis, Diagnoses.REPLAYED));
    }
}
