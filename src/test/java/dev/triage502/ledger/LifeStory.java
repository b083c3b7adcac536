package dev.triage502.ledger;

import dev.triage502.incident.Alert;
import dev.triage502.incident.Alert.Condition;
import dev.triage502.incident.AlertRule;
import dev.triage502.incident.ResourceId;
import dev.triage502.ledger.KnownFault.Affected;
import dev.triage502.ledger.LookResult.Changed;
import dev.triage502.ledger.LookResult.Measured;
import dev.triage502.ledger.LookResult.Servers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** One gateway's page, and what happens to it minute by minute. */
final class LifeStory {

    static final ResourceId GATEWAY = ResourceId.of(
            "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/applicationGateways/agw-toll");
    static final String NSG =
            "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/networkSecurityGroups/nsg";
    static final Instant START = Instant.parse("2026-03-02T13:00:00Z");

    final LifeRules rules;
    LedgerPage page = LedgerPage.empty();
    Instant now = START;

    LifeStory() {
        this(LifeRules.USUAL);
    }

    LifeStory(LifeRules rules) {
        this.rules = rules;
    }

    void at(int minute) {
        now = minute(minute);
    }

    static Instant minute(int minute) {
        return START.plus(Duration.ofMinutes(minute));
    }

    AlertDecision fired(String id) {
        return enter(alert(id, Condition.FIRED, now, now));
    }

    AlertDecision resolved(String id, int firedAt) {
        return enter(alert(id, Condition.RESOLVED, minute(firedAt), now));
    }

    AlertDecision enter(Alert alert) {
        Ledger.Turn<AlertDecision> turn = AlertBookkeeping.enter(page, alert, rules, now);
        page = turn.page();
        if (turn.result().announce()) {
            queued(turn.result().entry());
        }
        return turn.result();
    }

    static Alert alert(String id, Condition condition, Instant firedAt, Instant at) {
        return new Alert(GATEWAY, id, new AlertRule(id, OptionalInt.empty()), condition, firedAt, at, true, firedAt);
    }

    void queued(LedgerEntry entry) {
        page = LookBookkeeping.queued(page, entry.id(), entry.looks().asked(), now)
                .page();
    }

    boolean begins(int revision) {
        Ledger.Turn<LookBookkeeping.Begin> turn = LookBookkeeping.begin(page, latest().id(), revision, rules, now);
        page = turn.page();
        return turn.result().needed();
    }

    LedgerEntry found(int revision, LookResult result) {
        return found(latest().id(), revision, result);
    }

    LedgerEntry found(String id, int revision, LookResult result) {
        page = LookBookkeeping.found(page, id, revision, result, rules, now).page();
        return page.entry(id).orElseThrow();
    }

    /** An investigation failed each time that it was tried. */
    void gaveUp(int revision, String why) {
        page = LookBookkeeping.gaveUp(page, latest().id(), revision, why, rules, now)
                .page();
    }

    /** The investigation that was asked for last ends now, as found. */
    LedgerEntry looked(LookResult result) {
        begins(latest().looks().asked());
        return found(latest().looks().asked(), result);
    }

    LedgerEntry tick() {
        page = LookBookkeeping.tick(page, latest().id(), rules, now).page();
        return latest();
    }

    void tickAll() {
        page.entries()
                .forEach(entry -> page =
                        LookBookkeeping.tick(page, entry.id(), rules, now).page());
    }

    LedgerEntry latest() {
        return page.entries().get(0);
    }

    LifeState state() {
        return latest().state();
    }

    List<String> messages() {
        return latest().speech().messages().stream()
                .map(message -> message.event() + "-" + message.revision() + ": " + message.sentence())
                .toList();
    }

    static LookResult nsg(String confidence) {
        return cause("nsg-blocks-backend", "nsg-rule out-internal-rest of nsg", confidence);
    }

    static LookResult timeout() {
        return cause("probe-timeout", "probe pr-toll", "possible");
    }

    static LookResult cause(String root, String target, String confidence) {
        return new LookResult(
                new FaultName(root, target, confidence, root + " at pool-toll"),
                NSG + "/securityRules/out-internal-rest",
                Optional.of(minute(-13)),
                Optional.empty(),
                Optional.of(new Affected("toll.example.pl", 240, 240)),
                Optional.empty(),
                "");
    }

    /** Requests are served again; the last that failed did at a minute. */
    static LookResult recovered(int last) {
        return new LookResult(
                new FaultName("recovered", "", "", "agw-toll: recovered"),
                "",
                Optional.of(minute(-13)),
                Optional.of(minute(last)),
                Optional.empty(),
                Optional.of(new Measured(
                        Optional.empty(),
                        List.of(new Servers("pool-toll", 2, 2)),
                        List.of(new Changed(
                                minute(last - 2),
                                "Microsoft.Network/networkSecurityGroups/securityRules/write",
                                "netops@example.pl",
                                NSG + "/securityRules/allow-agw-to-pool-toll")))),
                "");
    }

    static LookResult unreadable() {
        return new LookResult(
                new FaultName("insufficient-evidence", "", "", "502 at agw-toll: cause not found"),
                "",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "the access log could not be read (forbidden), and metrics could not be read (forbidden)");
    }
}
