package dev.triage502.remedy.proof;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.collect.RecordedCase;
import dev.triage502.diagnosis.Cause;
import dev.triage502.diagnosis.Confidence;
import dev.triage502.diagnosis.Situation;
import dev.triage502.diagnosis.Verdict;
import dev.triage502.diagnosis.Verdict.CannotTell;
import dev.triage502.diagnosis.Verdict.Shown;
import dev.triage502.diagnosis.cause.Causes;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.Target.Kind;
import dev.triage502.evidence.Target.Place;
import dev.triage502.evidence.arm.EvidenceReader;
import dev.triage502.evidence.arm.SourceDocuments;
import dev.triage502.remedy.azure.AzureModel;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Is a cause gone after a change? Asked of the check that named it, on the documents that the change leads to. */
final class FixClosure {

    /** What became of the cause. */
    enum Closure {
        /** The check no longer shows it. */
        CLOSED,
        /** Only the backend's answer to a new question will tell; nothing in the case gives it. */
        OPEN,
        STILL_SHOWN,
        /** The check can no longer look, or what it named is not there any more. */
        EVIDENCE_GONE,
        /** There is no check behind it: a conclusion, or a cause that is not shown without the change either. */
        NOT_ASKED
    }

    /**
     * The sources that say how things are set up, and so what they are after a change. What a gateway's setting leads
     * to is for the backend to say, so the gateway's document decides about the gateway itself only.
     */
    private static final Set<Source> CONFIGURED = Set.of(Source.NETWORK, Source.BACKENDS);

    private static final Map<Kind, String> PARTS = Map.of(
            Kind.POOL, "backendAddressPools",
            Kind.SETTING, "backendHttpSettingsCollection",
            Kind.PROBE, "probes",
            Kind.LISTENER, "httpListeners",
            Kind.ROUTING_RULE, "requestRoutingRules");

    private final RecordedCase incident;
    private final Optional<Cause> cause;
    private final Optional<Target> target;
    private final List<Finding> before;
    private String said = "";

    /** @param target what the report says is at fault; empty for a conclusion */
    FixClosure(RecordedCase incident, String cause, Optional<Target> target) {
        this.incident = incident;
        this.cause =
                Causes.IN_ORDER.stream().filter(each -> each.id().equals(cause)).findFirst();
        this.target = target;
        this.before =
                shown(incident.documents()).stream().filter(this::isOfTarget).toList();
    }

    Closure after(AzureModel model) {
        if (cause.isEmpty() || target.isEmpty() || before.isEmpty()) {
            return Closure.NOT_ASKED;
        }
        EvidenceAfterChange evidence = new EvidenceAfterChange(incident.incident(), incident.documents(), model);
        if (isRemoved(evidence.untouched())) {
            return Closure.EVIDENCE_GONE;
        }
        for (SourceDocuments documents : List.of(evidence.untouched(), evidence.known())) {
            Verdict verdict = judge(documents);
            if (verdict instanceof CannotTell) {
                return looksWhereItWasShown(documents) ? Closure.OPEN : Closure.EVIDENCE_GONE;
            }
            if (still(verdict).isEmpty() || onlyThePastShowsIt(verdict)) {
                return trustsAnUnknownFile(documents) ? Closure.OPEN : Closure.CLOSED;
            }
            if (isSuspicionOnly(verdict)) {
                return Closure.OPEN;
            }
        }
        List<Finding> last = still(judge(evidence.withoutUnknown()));
        said = last.stream().map(Finding::text).findFirst().orElse("");
        return last.isEmpty() || writesAgain(model) ? Closure.OPEN : Closure.STILL_SHOWN;
    }

    /** Whether somebody has a right again who was refused, or from whom it was taken: what they then write is in no document. */
    private boolean writesAgain(AzureModel model) {
        String log = String.valueOf(incident.documents()
                        .get(Source.ACTIVITY_LOG)
                        .toOptional()
                        .orElse(null))
                .toLowerCase(Locale.ROOT);
        boolean refused = log.contains("authorizationfailed")
                && model.givenRoles().stream().anyMatch(log::contains);
        boolean takenAway = log.contains("microsoft.authorization/roleassignments/delete")
                && !model.givenRoles().isEmpty();
        return refused || takenAway;
    }

    /**
     * Whether every source that showed the cause can still be read, so that none shows it any more: what else would have to
     * be looked at could not be read before the change either.
     */
    private boolean looksWhereItWasShown(SourceDocuments documents) {
        return before.stream()
                .allMatch(each -> documents.get(each.source()).toOptional().isPresent());
    }

    /** What shows the cause still, after the last change that was asked about. */
    String said() {
        return said;
    }

    /**
     * Whether what is configured showed it and shows it no more: health, logs and looks are older than the change, and
     * another check of them cannot be had.
     */
    private boolean onlyThePastShowsIt(Verdict verdict) {
        return before.stream().anyMatch(this::isConfigured)
                && still(verdict).stream().noneMatch(this::isConfigured);
    }

    /**
     * Whether what is configured proved it and only lets one suspect it now, such as a firewall that both directions pass: what
     * it drops is in no document.
     */
    private boolean isSuspicionOnly(Verdict verdict) {
        return judge(incident.documents()) instanceof Shown proved
                && proved.confidence() == Confidence.CONFIRMED
                && verdict instanceof Shown left
                && left.confidence() == Confidence.POSSIBLE
                && still(verdict).stream().allMatch(this::isConfigured);
    }

    private boolean isConfigured(Finding finding) {
        return CONFIGURED.contains(finding.source())
                || finding.source() == Source.GATEWAY && finding.target().kind() == Kind.GATEWAY;
    }

    /** Whether a certificate was uploaded whose content nobody has seen: by its name alone it proves nothing. */
    private static boolean trustsAnUnknownFile(SourceDocuments documents) {
        return documents
                .get(Source.GATEWAY)
                .toOptional()
                .map(each -> each.toString().contains("\"data\":\"file:"))
                .orElse(false);
    }

    private Verdict judge(SourceDocuments documents) {
        return cause.orElseThrow().judge(new Situation(EvidenceReader.read(incident.incident(), documents)));
    }

    private List<Finding> shown(SourceDocuments documents) {
        return cause.isPresent() && judge(documents) instanceof Shown found ? found.findings() : List.of();
    }

    /** What shows that the same thing is at fault, or that the same servers suffer by its like. */
    private List<Finding> still(Verdict verdict) {
        return verdict instanceof Shown found
                ? found.findings().stream()
                        .filter(each -> isOfTarget(each) || suffersTheSame(each))
                        .toList()
                : List.of();
    }

    private boolean isOfTarget(Finding finding) {
        Target at = finding.target();
        return target.filter(mine -> mine.covers(at)
                        || at.covers(mine)
                        || own(mine.kind())
                                .flatMap(at::at)
                                .filter(mine.name()::equalsIgnoreCase)
                                .isPresent())
                .isPresent();
    }

    private boolean suffersTheSame(Finding finding) {
        return finding.suffering().stream()
                .anyMatch(each -> before.stream()
                        .flatMap(mine -> mine.suffering().stream())
                        .anyMatch(mine -> mine.covers(each)));
    }

    private static Optional<Place> own(Kind kind) {
        return Stream.of(Place.values())
                .filter(place -> place.id().equals(kind.id()))
                .findFirst();
    }

    /** Whether the part that is at fault was deleted; a rule or a route may be, for that is a fix. */
    private boolean isRemoved(SourceDocuments documents) {
        String collection = PARTS.getOrDefault(target.orElseThrow().kind(), "");
        Optional<JsonElement> gateway = documents.get(Source.GATEWAY).toOptional();
        return !collection.isEmpty()
                && gateway.isPresent()
                && gateway.get() instanceof JsonObject json
                && ProbeQuestion.part(json, collection, target.orElseThrow().name())
                        .isEmpty()
                && incident.documents()
                        .get(Source.GATEWAY)
                        .toOptional()
                        .map(JsonElement::getAsJsonObject)
                        .flatMap(old -> ProbeQuestion.part(
                                old, collection, target.orElseThrow().name()))
                        .isPresent();
    }
}
