package dev.triage502.diagnosis;

import dev.triage502.analysis.traffic.RequestOutcomes;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.TargetIndex;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which of the causes that are shown comes first?
 *
 * <p>First what explains failing requests before what explains none, then the one that more of them went by, then the
 * surer one, then the place in the list. Where a possible cause and a confirmed one claim the same requests, the confirmed
 * one comes first. What others account for is no fault of its own; that is decided for each server and for each failing
 * request, so that a cause may keep some of its servers and lose others.
 *
 * @param faults    faults of their own, the first is the root if it may be
 * @param explained those that others account for, with these
 * @param asides    shown, yet on no failing request's way or at best possible beside something surer
 */
record Ranking(List<JudgedCause> faults, List<Explained> explained, List<JudgedCause> asides) {

    /** A cause that is shown, and those that account for it: one, or several that do so together. */
    record Explained(JudgedCause cause, List<JudgedCause> by) {}

    static Ranking of(List<JudgedCause> shown, RequestOutcomes traffic) {
        List<Explained> explained = new ArrayList<>();
        List<JudgedCause> own = new ArrayList<>();
        for (JudgedCause each : shown) {
            List<JudgedCause> by =
                    shown.stream().filter(other -> other.explains(each)).toList();
            Optional<JudgedCause> rest = by.isEmpty() ? Optional.of(each) : each.butFor(by, traffic);
            rest.ifPresentOrElse(own::add, () -> explained.add(new Explained(each, fewest(by, each))));
        }
        Comparator<JudgedCause> order = Comparator.comparing(
                        (JudgedCause each) -> traffic.isCounted() && each.share() == 0)
                .thenComparing(each -> traffic.isCounted() && each.share() == 0 && each.isOnTheWay())
                .thenComparing(Comparator.comparingLong(JudgedCause::share).reversed())
                .thenComparing(JudgedCause::confidence)
                .thenComparing(JudgedCause::place);
        own.sort(order);
        raiseSurer(own, traffic);
        raiseReasons(own);
        List<JudgedCause> faults = new ArrayList<>();
        List<JudgedCause> asides = new ArrayList<>();
        for (JudgedCause each : own) {
            (isAside(each, faults, traffic) ? asides : faults).add(each);
        }
        return new Ranking(faults, explained, asides);
    }

    /** All that is shown, in the order of the list; which of it comes first is not known. */
    static Ranking unranked(List<JudgedCause> shown) {
        return new Ranking(shown, List.of(), List.of());
    }

    /**
     * Puts a confirmed cause above possible ones that claim the same requests, though these claim a few more: one cut
     * connection beside an address that is gone is most likely part of it.
     */
    private static void raiseSurer(List<JudgedCause> own, RequestOutcomes traffic) {
        for (JudgedCause sure : List.copyOf(own)) {
            if (sure.confidence() != Confidence.CONFIRMED || sure.share() == 0) {
                continue;
            }
            int at = own.indexOf(sure);
            for (int i = 0; i < at; i++) {
                if (own.get(i).confidence() == Confidence.POSSIBLE && claimsMostOf(own.get(i), sure, traffic)) {
                    own.remove(at);
                    own.add(i, sure);
                    break;
                }
            }
        }
    }

    /** Whether at least half of the failing requests that went by the one went by the other as well. */
    private static boolean claimsMostOf(JudgedCause possible, JudgedCause sure, RequestOutcomes traffic) {
        List<Target> either = Stream.concat(
                        possible.suffering().all(), sure.suffering().all())
                .toList();
        long shared = possible.share() + sure.share() - traffic.failedBy(either);
        return shared * 2 >= possible.share();
    }

    /** Puts what brings another about right above it; the order is the list's, so that it ends. */
    private static void raiseReasons(List<JudgedCause> own) {
        for (JudgedCause reason : List.copyOf(own)) {
            int first = own.indexOf(reason);
            for (int i = 0; i < first; i++) {
                if (reason.cause().bringsAbout().contains(own.get(i).id()) && reason.coversAllOf(own.get(i))) {
                    own.remove(first);
                    own.add(i, reason);
                    break;
                }
            }
        }
    }

    /** The first that accounts for all of it, or all of them where none does so alone. */
    private static List<JudgedCause> fewest(List<JudgedCause> by, JudgedCause each) {
        return by.stream()
                .filter(other -> other.coversAllOf(each))
                .findFirst()
                .map(List::of)
                .orElse(by);
    }

    /** A possibility where something before it already accounts for the same servers, or where nobody suffers. */
    private static boolean isAside(JudgedCause each, List<JudgedCause> before, RequestOutcomes traffic) {
        if (each.isFeltWithoutFailures()) {
            return false;
        }
        boolean possible = each.confidence() == Confidence.POSSIBLE;
        if (!traffic.needsExplaining()) {
            // What shuts the platform out fails no request: only backend health shows that it is harmless.
            return possible || each.isOnTheWay() || traffic.isHealthRead();
        }
        if (!possible) {
            return false;
        }
        boolean nobodySuffers = traffic.isCounted() && each.share() == 0;
        // A sign that speaks of the gateway as a whole adds nothing where no request tells whom else it could have hit.
        boolean ofNobody = !traffic.isCounted()
                && each.suffering().all().allMatch(target -> target.kind() == Target.Kind.GATEWAY)
                && before.stream().anyMatch(other -> other.confidence() != Confidence.POSSIBLE);
        if (claimsNothingElse(each, before, traffic)) {
            return true;
        }
        TargetIndex accountedFor = new TargetIndex(
                before.stream().flatMap(other -> other.suffering().all()).toList());
        return nobodySuffers || ofNobody || each.suffering().all().allMatch(accountedFor::covers);
    }

    /** Whether all failing requests that it could explain are explained by surer causes. */
    private static boolean claimsNothingElse(JudgedCause each, List<JudgedCause> before, RequestOutcomes traffic) {
        List<Target> surer = before.stream()
                .filter(other -> other.confidence() != Confidence.POSSIBLE)
                .flatMap(other -> other.suffering().all())
                .toList();
        if (surer.isEmpty() || each.share() == 0) {
            return false;
        }
        List<Target> either =
                Stream.concat(surer.stream(), each.suffering().all()).toList();
        return traffic.failedBy(either) == traffic.failedBy(surer);
    }

    /** Whether requests cannot be well whatever the newest ones show: nothing newer can be seen. */
    boolean isSilenced() {
        return faults.stream().anyMatch(JudgedCause::isFeltWithoutFailures);
    }

    /** Whether something that is shown, however unsurely, would keep requests from being logged and counted. */
    boolean maySilence() {
        return Stream.concat(faults.stream(), asides.stream()).anyMatch(JudgedCause::wouldGoUncounted);
    }

    /**
     * The root cause: the first fault, unless failing requests were counted and next to none of them went where it stands: then
     * why the others fail is open.
     */
    Optional<JudgedCause> root(RequestOutcomes traffic) {
        return faults.stream()
                .findFirst()
                .filter(first -> !traffic.isCounted()
                        || !first.isOnTheWay()
                        || (first.share() > 0 && !traffic.isSmallPart(first.share())));
    }
}
