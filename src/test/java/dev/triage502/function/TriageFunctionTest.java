package dev.triage502.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.triage502.azure.AzureAccess;
import dev.triage502.collect.CaseFolder;
import dev.triage502.collect.CollectionProgress;
import dev.triage502.collect.Investigation;
import dev.triage502.collect.RecordedCase;
import dev.triage502.deliver.DeliveryResult;
import dev.triage502.deliver.Receiver;
import dev.triage502.deliver.route.ChannelRoute;
import dev.triage502.deliver.route.Courier;
import dev.triage502.deliver.route.RouteRules;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Source;
import dev.triage502.incident.Incident;
import dev.triage502.incident.ResourceId;
import dev.triage502.ledger.MessageReason;
import dev.triage502.report.DiagnosisDocument;
import dev.triage502.report.Report;
import dev.triage502.report.RunInfo;
import dev.triage502.store.Outbox.Parcel;
import dev.triage502.store.StoreFailure;
import dev.triage502.triage.Triage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a queued incident to what the webhook gets, through the function classes. */
class TriageFunctionTest {

    private static final ResourceId GATEWAY =
            ResourceId.of("/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/applicationGateways/agw");
    private static final Incident INCIDENT = Incident.alertedAt(GATEWAY, Instant.parse("2026-03-02T08:14:31Z"));
    private static final String ID = INCIDENT.id();
    private static final String SECRET = "s3cr3tToken";

    @TempDir
    private Path folder;

    private App app;
    private Receiver webhook;
    private Wiring wiring;
    private FakeContext context;

    @BeforeEach
    void start() throws IOException {
        app = new App(folder);
        webhook = new Receiver();
        app.environment.put(
                "TRIAGE502_WEBHOOK_URL", webhook.uri("/hook?key=" + SECRET).toString());
        wiring = app.wiring();
        context = new FakeContext();
    }

    @AfterEach
    void stop() {
        assertThat(context.all()).doesNotContain(SECRET);
        webhook.close();
        app.close();
    }

    @Test
    void anIncidentIsLookedAtKeptAndTold() {
        triage(new InvestigationMessage(INCIDENT, 1, true));
        deliver(app.next(QueueNames.DELIVERIES).orElseThrow());

        Report report = app.store.reports().find(ID).orElseThrow();
        assertThat(report.document().rootCause()).isEqualTo("insufficient-evidence");
        assertThat(sentWithoutLinks()).isEqualTo(report.document().json());
        assertThat(webhook.only().headers().get("idempotency-key")).isEqualTo(ID + "-diagnosed");
        assertThat(context.lines(Level.WARNING)).anyMatch(line -> line.contains("gateway not read: no permission"));
        assertThat(context.lines(Level.INFO))
                .contains(ID + ": " + report.headline(), ID + "-diagnosed to webhook: delivered");
        assertThat(app.next(QueueNames.DELIVERIES)).isEmpty();
    }

    @Test
    void whatADiagnosisRestsOnIsKeptAsACaseThatIsDiagnosedAlike() {
        Incident longer = INCIDENT.until(INCIDENT.to().plusSeconds(1200));
        triage(new InvestigationMessage(longer, 1, true));

        RecordedCase kept = CaseFolder.read(folder.resolve("shelf/cases/" + ID + "/1"));
        assertThat(kept.incident()).isEqualTo(longer);
        assertThat(kept.documents().get(Source.METRICS).unread().orElseThrow().why())
                .isEqualTo(Reading.Why.FORBIDDEN);
        DiagnosisDocument again = new Triage()
                .report(kept.incident(), kept.documents(), RunInfo.replay(kept.incident(), ID))
                .document();
        assertThat(again.rootCause())
                .isEqualTo(app.store.reports().find(ID).orElseThrow().document().rootCause());
    }

    @Test
    void nothingOfAnEarlierLookStaysBesideALaterOne() throws IOException {
        Path old = Files.createDirectories(folder.resolve("shelf/cases/" + ID + "/1"))
                .resolve("direct-probe.json");
        Files.writeString(old, "[]");
        app.environment.put("TRIAGE502_DIRECT_PROBES", "off");
        wiring = app.wiring();

        triage(new InvestigationMessage(INCIDENT, 1, true));

        assertThat(old).doesNotExist();
        assertThat(old.resolveSibling("case.json")).exists();
    }

    @Test
    void evidenceIsNotKeptWhereThatIsNotWanted() {
        app.environment.put("TRIAGE502_KEEP_EVIDENCE", "off");
        wiring = app.wiring();

        triage(new InvestigationMessage(INCIDENT, 1, true));

        assertThat(app.store.reports().find(ID)).isPresent();
        assertThat(folder.resolve("shelf/cases")).doesNotExist();
    }

    @Test
    void evidenceThatCannotBeKeptCostsNoReport() throws IOException {
        Files.createDirectories(folder.resolve("shelf"));
        Files.writeString(folder.resolve("shelf/cases"), "a file where a folder should be");

        triage(new InvestigationMessage(INCIDENT, 1, true));

        assertThat(app.store.reports().find(ID)).isPresent();
        assertThat(app.next(QueueNames.DELIVERIES)).isPresent();
        assertThat(context.lines(Level.WARNING)).anyMatch(line -> line.contains(ID + ": could not store the evidence"));
    }

    @Test
    void theMessageIsQueuedBeforeTheEvidenceIsRedactedAndKept() {
        List<Integer> queued = new ArrayList<>();
        triageWith(() -> queued.add(app.queues.length(QueueNames.DELIVERIES)))
                .run(new InvestigationMessage(INCIDENT, 1, true).toMessage(), context);

        assertThat(queued).containsExactly(1);
        assertThat(app.store.cases().isKept(ID, 1)).isTrue();
    }

    @Test
    void evidenceThatAWorkerDiedBeforeKeepingIsReadAgain() throws IOException {
        String id = App.json(wiring.getInstance(AlertsFunction.class)
                        .run(FakeRequest.post(App.alert("metric-static-fired")), context))
                .getAsJsonArray("incidents")
                .get(0)
                .getAsJsonObject()
                .get("id")
                .getAsString();
        String message = app.next(QueueNames.INCIDENTS).orElseThrow();
        TriageFunction dies = triageWith(() -> {
            throw new InternalError("killed");
        });
        assertThatThrownBy(() -> dies.run(message, context)).isInstanceOf(InternalError.class);
        assertThat(app.next(QueueNames.DELIVERIES)).as("the message was queued").isPresent();
        assertThat(app.store.cases().isKept(id, 1)).isFalse();

        triage(message);
        assertThat(app.store.cases().isKept(id, 1)).isTrue();
        assertThat(CaseFolder.read(folder.resolve("shelf/cases/" + id + "/1"))
                        .gateway()
                        .name())
                .isEqualTo("agw-prod");
    }

    @Test
    void whatIsQueuedTwiceIsLookedAtAndToldOnce() {
        triage(new InvestigationMessage(INCIDENT, 1, true));
        triage(new InvestigationMessage(INCIDENT, 1, true));
        deliver(app.next(QueueNames.DELIVERIES).orElseThrow());
        deliver(app.next(QueueNames.DELIVERIES).orElseThrow());

        assertThat(webhook.got()).hasSize(1);
        assertThat(context.lines(Level.INFO))
                .contains(ID + ": already investigated", ID + "-diagnosed to webhook: already delivered or given up");
    }

    @Test
    void anIncidentThatIsReopenedIsToldAgain() {
        triage(new InvestigationMessage(INCIDENT, 1, true));
        deliver(app.next(QueueNames.DELIVERIES).orElseThrow());
        triage(new InvestigationMessage(INCIDENT.until(INCIDENT.to().plusSeconds(1200)), 2, true));
        deliver(app.next(QueueNames.DELIVERIES).orElseThrow());

        assertThat(webhook.got())
                .extracting(got -> got.headers().get("idempotency-key"))
                .containsExactly(ID + "-diagnosed", ID + "-diagnosed-2");
    }

    @Test
    void aReportThatALaterOneReplacedIsNotTold() {
        triage(new InvestigationMessage(INCIDENT, 1, true));
        triage(new InvestigationMessage(INCIDENT.until(INCIDENT.to().plusSeconds(1200)), 2, true));
        deliver(app.next(QueueNames.DELIVERIES).orElseThrow());
        deliver(app.next(QueueNames.DELIVERIES).orElseThrow());

        assertThat(webhook.only().headers().get("idempotency-key")).isEqualTo(ID + "-diagnosed-2");
        assertThat(webhook.only().body()).contains("2026-03-02T08:34:31Z");
    }

    @Test
    void whatSomebodyAskedForIsKeptAndNotTold() {
        triage(new InvestigationMessage(INCIDENT, 1, false));

        assertThat(app.store.reports().find(ID)).isPresent();
        assertThat(app.next(QueueNames.DELIVERIES)).isEmpty();
    }

    @Test
    void withoutAChannelTheReportIsKeptAndThatIsTold() {
        app.environment.remove("TRIAGE502_WEBHOOK_URL");
        wiring = app.wiring();
        triage(new InvestigationMessage(INCIDENT, 1, true));

        assertThat(app.store.reports().find(ID)).isPresent();
        assertThat(context.lines(Level.WARNING))
                .anyMatch(line -> line.contains("no channel") && line.contains("TRIAGE502_WEBHOOK_URL"));
    }

    @Test
    void aWebhookThatIsDownIsTriedAgainLater() {
        webhook.answers(new Receiver.Reply(503, Map.of("Retry-After", "120"), ""));
        triage(new InvestigationMessage(INCIDENT, 1, true));
        deliver(app.next(QueueNames.DELIVERIES).orElseThrow());

        assertThat(app.next(QueueNames.DELIVERIES)).as("hidden for two minutes").isEmpty();
        assertThat(app.queues.length(QueueNames.DELIVERIES)).isEqualTo(1);
        assertThat(context.lines(Level.WARNING))
                .anyMatch(line -> line.contains("returned 503; next try in 120 s (try 1"));
        webhook.answers(200);
        deliver(errand(1));
        assertThat(webhook.got()).hasSize(2);
        assertThat(webhook.got().get(1).headers()).containsEntry("idempotency-key", ID + "-diagnosed");
    }

    @Test
    void aWebhookThatRefusesIsNotTriedAgainAndThatIsTold() {
        webhook.answers(new Receiver.Reply(404, Map.of(), "no such hook"));
        triage(new InvestigationMessage(INCIDENT, 1, true));
        deliver(app.next(QueueNames.DELIVERIES).orElseThrow());
        deliver(errand(0));

        assertThat(webhook.got()).hasSize(1);
        assertThat(app.queues.length(QueueNames.DELIVERIES)).isZero();
        assertThat(context.lines(Level.SEVERE)).hasSize(1);
        assertThat(context.lines(Level.SEVERE).get(0))
                .contains(
                        ID + "-diagnosed to webhook: NOT DELIVERED",
                        "returned 404: no such hook",
                        "/api/diagnoses/" + ID);
    }

    @Test
    void aWebhookThatStaysDownIsGivenUpAndThatIsTold() {
        webhook.answers(500);
        triage(new InvestigationMessage(INCIDENT, 1, true));
        app.next(QueueNames.DELIVERIES);
        for (int tries = 0; tries < 12; tries++) {
            deliver(errand(tries));
        }

        assertThat(context.lines(Level.WARNING))
                .filteredOn(line -> line.contains("not delivered"))
                .hasSize(11);
        assertThat(context.lines(Level.SEVERE)).hasSize(1).first().asString().contains("NOT DELIVERED", "(try 12)");
        assertThat(app.queues.length(QueueNames.DELIVERIES)).isEqualTo(11);
    }

    @Test
    void aWebhookWhoseSettingIsWrongIsToldOfAndWaitsThatItIsPutRight() {
        app.environment.put("TRIAGE502_WEBHOOK_URL", "@Microsoft.KeyVault(VaultName=v;SecretName=" + SECRET + ")");
        wiring = app.wiring();
        triage(new InvestigationMessage(INCIDENT, 1, true));
        deliver(app.next(QueueNames.DELIVERIES).orElseThrow());

        assertThat(context.lines(Level.WARNING))
                .anyMatch(
                        line -> line.contains("TRIAGE502_WEBHOOK_URL is a Key Vault reference that was not resolved"));
        assertThat(app.queues.length(QueueNames.DELIVERIES)).isEqualTo(1);
    }

    @Test
    void aMessageThatIsNotOursIsToldOfAndDropped() {
        triage("{\"a\":1}");
        triage("hello");
        deliver("[]");

        assertThat(context.lines(Level.SEVERE)).hasSize(3).allMatch(line -> line.contains("not a message of this app"));
    }

    @Test
    void whatFailsIsToldNotedAndTriedAgain() throws IOException {
        Files.createDirectories(folder.resolve("shelf"));
        Path inTheWay = Files.writeString(folder.resolve("shelf").resolve("diagnoses"), "in the way");
        String message = new InvestigationMessage(INCIDENT, 1, true).toMessage();

        assertThatThrownBy(() -> triage(message)).isInstanceOf(StoreFailure.class);

        assertThat(context.lines(Level.SEVERE)).anyMatch(line -> line.contains(ID + ": investigation failed"));
        assertThat(app.store.reports().trouble(INCIDENT)).isPresent();
        Files.delete(inTheWay);
        triage(message);
        assertThat(app.next(QueueNames.DELIVERIES)).isPresent();
    }

    @Test
    void anIncidentThatIsGivenUpIsToldOfInTheLogAndOnTheChannels() {
        app.store.reports().trouble(INCIDENT, "OutOfLuck");
        wiring.getInstance(TriageGivenUpFunction.class)
                .run(new InvestigationMessage(INCIDENT, 1, true).toMessage(), context);
        deliver(app.next(QueueNames.DELIVERIES).orElseThrow());

        assertThat(context.lines(Level.SEVERE)).hasSize(1);
        assertThat(context.lines(Level.SEVERE).get(0))
                .contains(
                        ID + ": GIVEN UP",
                        "OutOfLuck",
                        "/api/diagnose?gateway=" + GATEWAY + "&from=2026-03-02T07:14:31Z");
        assertThat(webhook.only().body())
                .contains("insufficient-evidence", "the investigation was given up: OutOfLuck");
    }

    @Test
    void aReportThatWasMadeBeforeItWasGivenUpIsTheOneThatIsTold() {
        triage(new InvestigationMessage(INCIDENT, 1, false));
        Report report = app.store.reports().find(ID).orElseThrow();
        wiring.getInstance(TriageGivenUpFunction.class)
                .run(new InvestigationMessage(INCIDENT, 1, true).toMessage(), context);
        deliver(app.next(QueueNames.DELIVERIES).orElseThrow());

        assertThat(sentWithoutLinks()).isEqualTo(report.document().json());
    }

    @Test
    void aDeliveryThatIsGivenUpIsToldOfInTheLog() {
        wiring.getInstance(DeliverGivenUpFunction.class).run(errand(3), context);
        wiring.getInstance(DeliverGivenUpFunction.class).run("?", context);

        assertThat(context.lines(Level.SEVERE)).hasSize(2);
        assertThat(context.lines(Level.SEVERE).get(0)).contains(ID + "-diagnosed to webhook: NOT DELIVERED");
    }

    /** As wired, but that something happens when the evidence is about to be kept. */
    private TriageFunction triageWith(Runnable beforeKeeping) {
        AppSettings settings = AppSettings.read(app.environment);
        Clock clock = Clock.systemUTC();
        Investigation investigation =
                new Investigation(AzureAccess.open(settings.azure()), Investigation.Options.allowing(settings::allows));
        Courier courier = new Courier(List.of(route("webhook")));
        ReportDispatch dispatch = new ReportDispatch(
                app.store,
                () -> courier,
                new MessageLinks(
                        new AppAddresses(settings.publicUrl()),
                        new SignedLinks(settings::links, () -> app.store, clock),
                        new SignedInPerson(app.environment)),
                clock);
        return new TriageFunction(
                () -> app.store,
                new DiagnosisService(() -> investigation, new Triage(), CollectionProgress.none(), clock),
                new EvidenceArchive(() -> app.store, () -> {
                    beforeKeeping.run();
                    return true;
                }),
                () -> new IncidentDesk(app.store, dispatch, settings.life(), clock),
                () -> dispatch);
    }

    /** To a channel that takes nothing in this test. */
    private static ChannelRoute route(String name) {
        return new ChannelRoute(
                name,
                EnumSet.allOf(MessageReason.class),
                RouteRules.none(),
                (notice, memory) -> new DeliveryResult.Failed("not in this test", Optional.empty()));
    }

    private void triage(InvestigationMessage work) {
        triage(work.toMessage());
    }

    private void triage(String message) {
        wiring.getInstance(TriageFunction.class).run(message, context);
    }

    private void deliver(String message) {
        wiring.getInstance(DeliverFunction.class).run(message, context);
    }

    private JsonObject sentWithoutLinks() {
        JsonObject sent = JsonParser.parseString(webhook.only().body()).getAsJsonObject();
        sent.remove("links");
        return sent;
    }

    private static String errand(int tries) {
        return DeliveryMessage.first(new Parcel(ID, 1, Parcel.DIAGNOSED, 1, "webhook"), new JsonObject())
                .after(tries)
                .toMessage();
    }
}
