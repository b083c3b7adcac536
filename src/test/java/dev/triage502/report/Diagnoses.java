package dev.triage502.report;

import dev.triage502.diagnosis.Conclusion;
import dev.triage502.diagnosis.Confidence;
import dev.triage502.diagnosis.ConfidenceReason;
import dev.triage502.diagnosis.Diagnosis;
import dev.triage502.diagnosis.Diagnosis.Change;
import dev.triage502.diagnosis.Diagnosis.Difference;
import dev.triage502.diagnosis.Diagnosis.Impact;
import dev.triage502.diagnosis.Diagnosis.Impact.Count;
import dev.triage502.diagnosis.Diagnosis.Impact.HostImpact;
import dev.triage502.diagnosis.Diagnosis.NamedCause;
import dev.triage502.diagnosis.Diagnosis.Next;
import dev.triage502.diagnosis.Diagnosis.PoolHealth;
import dev.triage502.diagnosis.Diagnosis.RuledOut;
import dev.triage502.diagnosis.Diagnosis.SourceRead;
import dev.triage502.diagnosis.Diagnosis.SourceRead.State;
import dev.triage502.diagnosis.Diagnosis.Undecided;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.evidence.RequestDimension;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.Target.Kind;
import dev.triage502.evidence.Target.Place;
import dev.triage502.incident.Incident;
import dev.triage502.incident.ResourceId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Diagnoses made by hand, of each kind. */
final class Diagnoses {

    static final Instant ALERTED = Instant.parse("2026-03-02T09:10:00Z");
    static final Incident INCIDENT = Incident.alertedAt(
            ResourceId.of("/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-shop"
                    + "/providers/Microsoft.Network/applicationGateways/agw-shop"),
            ALERTED);
    static final RunInfo REPLAYED = RunInfo.replay(INCIDENT, "a-case");

    private static final Target SETTING =
            Target.of(Kind.SETTING, "bs-web", INCIDENT.gateway() + "/backendHttpSettingsCollection/bs-web");
    private static final Target SERVER =
            Target.server("10.0.2.4", "orders").on(Place.SETTING, "bs-web").on(Place.PROBE, "health");
    private static final Target OTHER =
            Target.server("10.0.2.5", "orders").on(Place.SETTING, "bs-web").on(Place.PROBE, "health");

    /** Pages that stay as they are, so that the bundled ones can be edited without touching tests of their telling. */
    static final CausePages PAGES = new CausePages(Diagnoses::page);

    static final SourcePages SOURCE_PAGES = new SourcePages(id -> id.equals("resource-health")
            ? Optional.of("# Health\n\n```bash\n"
                    + "az rest --method get --url \"https://management.azure.com{gateway-id}/x\"\n```\n")
            : Optional.empty());

    private Diagnoses() {}

    static Optional<String> page(String id) {
        Path file = Path.of("src/test/resources/pages", id + ".md");
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A fault with all there can be: impact, changes, a second fault, something ruled out, something unread. */
    static Diagnosis certificateExpired() {
        Finding probe = Finding.of(
                        Source.BACKEND_HEALTH,
                        SERVER,
                        "10.0.2.4: the gateway's probe says \"Backend certificate is invalid. Current date is not"
                                + " within the \"Valid from\" and \"Valid to\" date range on the certificate.\"")
                .with("port", "443")
                .with("host", "shop.example.com")
                .affecting(List.of(SERVER, OTHER));
        Finding seen = Finding.of(
                        Source.DIRECT_PROBE,
                        SERVER,
                        "10.0.2.4: its certificate is valid from 2025-03-02 to 2026-03-02T08:59:59Z")
                .at(Instant.parse("2026-03-02T09:12:00Z"))
                .with("not-after", "2 Mar 2026 08:59 UTC");
        Finding empty = Finding.of(
                Source.GATEWAY,
                Target.of(Kind.POOL, "images", INCIDENT.gateway() + "/backendAddressPools/images"),
                "pool images has no members");
        Finding allowed = Finding.of(
                Source.NETWORK,
                Target.of(Kind.NSG_RULE, "allow-agw", "").on(Place.NSG, "nsg-app"),
                "nsg-app: rule allow-agw lets 10.0.1.0/24 reach port 443");
        return Diagnosis.builder()
                .incident(INCIDENT)
                .gateway(Map.of("generation", "v2", "workspace", "/subscriptions/x/workspaces/logs"))
                .root(new NamedCause(
                        "backend-certificate-expired",
                        Optional.of(Confidence.CONFIRMED),
                        Optional.of(ConfidenceReason.DIRECT),
                        Optional.of(SETTING),
                        List.of(SERVER, OTHER),
                        List.of(seen, probe),
                        Optional.of(412L),
                        Map.of()))
                .contributing(List.of(new NamedCause(
                        "backend-pool-empty",
                        Optional.of(Confidence.LIKELY),
                        Optional.of(ConfidenceReason.TWO_SOURCES),
                        Optional.of(empty.target()),
                        List.of(),
                        List.of(empty, probe),
                        Optional.of(12L),
                        Map.of())))
                .ruledOut(List.of(new RuledOut(
                        "nsg-blocks-backend", "rule allow-agw of nsg-app lets it through", List.of(allowed))))
                .couldNotTell(List.of(new Undecided("platform-event", List.of(Source.RESOURCE_HEALTH))))
                .next(List.of(new Next(
                        "Look at the resource health, which could not be read",
                        "resource-health",
                        List.of("platform-event", "backend-certificate-expired"))))
                .impact(Optional.of(new Impact(
                        new Count(412, 1208, Source.ACCESS_LOG, Optional.empty(), Optional.empty()),
                        Optional.of(Instant.parse("2026-03-02T09:00:04Z")),
                        Optional.of(Instant.parse("2026-03-02T09:09:58Z")),
                        List.of("lsn-shop"),
                        List.of("shop.example.com"),
                        List.of("10.0.2.4", "10.0.2.5"),
                        List.of(new HostImpact(
                                "shop.example.com",
                                412,
                                417,
                                Instant.parse("2026-03-02T09:00:00Z"),
                                Instant.parse("2026-03-02T09:10:00Z"),
                                OptionalLong.empty())),
                        List.of("pay.example.com", "docs.example.com"))))
                .poolHealth(Optional.of(new PoolHealth("orders", 0, 2)))
                .differences(List.of(new Difference(
                        "orders",
                        RequestDimension.HOST,
                        List.of("shop.example.com"),
                        412,
                        new Difference.Share(412, 417),
                        new Difference.Share(0, 791),
                        "all 412 failures of orders are for host shop.example.com (412 of 417 requests); 0 of 791"
                                + " elsewhere")))
                .changes(List.of(new Change(
                        Instant.parse("2026-03-01T23:02:00Z"),
                        "alice@example.com changed gateway agw-shop",
                        "Microsoft.Network/applicationGateways/write",
                        "alice@example.com",
                        INCIDENT.gateway().toString(),
                        false)))
                .evidenceRead(readings(Map.of(
                        Source.RESOURCE_HEALTH,
                        new SourceRead(
                                Source.RESOURCE_HEALTH,
                                State.COULD_NOT_READ,
                                Optional.of(Why.FORBIDDEN),
                                "AuthorizationFailed: no right to read"),
                        Source.NETWORK,
                        new SourceRead(Source.NETWORK, State.ABSENT, Optional.empty(), ""))))
                .build();
    }

    /** Nothing named, nothing counted, everything refused. */
    static Diagnosis nothingRead() {
        List<SourceRead> refused = List.of(Source.values()).stream()
                .map(source -> new SourceRead(
                        source,
                        State.COULD_NOT_READ,
                        Optional.of(Why.FORBIDDEN),
                        "AuthorizationFailed: nothing for you"))
                .toList();
        return conclusion(Conclusion.INSUFFICIENT_EVIDENCE, List.of(), Optional.empty(), refused);
    }

    /** A conclusion with what had happened beside it. */
    static Diagnosis recovered() {
        return conclusion(
                Conclusion.RECOVERED,
                List.of(certificateExpired().root()),
                certificateExpired().impact(),
                readings(Map.of()));
    }

    static Diagnosis noFault() {
        return conclusion(
                Conclusion.NO_FAULT_FOUND,
                List.of(),
                Optional.of(new Impact(
                        new Count(0, 4711, Source.ACCESS_LOG, Optional.empty(), Optional.empty()),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of("shop.example.com"))),
                readings(Map.of()));
    }

    static List<Diagnosis> all() {
        return List.of(certificateExpired(), nothingRead(), recovered(), noFault());
    }

    private static Diagnosis conclusion(
            Conclusion conclusion, List<NamedCause> contributing, Optional<Impact> impact, List<SourceRead> readings) {
        return Diagnosis.builder()
                .incident(INCIDENT)
                .gateway(Map.of())
                .root(new NamedCause(
                        conclusion.id(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        Map.of()))
                .contributing(contributing)
                .ruledOut(List.of())
                .couldNotTell(List.of())
                .next(List.of())
                .impact(impact)
                .changes(List.of())
                .evidenceRead(readings)
                .build();
    }

    private static List<SourceRead> readings(Map<Source, SourceRead> special) {
        List<SourceRead> all = new ArrayList<>();
        for (Source source : Source.values()) {
            all.add(special.getOrDefault(source, new SourceRead(source, State.PRESENT, Optional.empty(), "")));
        }
        return all;
    }
}
