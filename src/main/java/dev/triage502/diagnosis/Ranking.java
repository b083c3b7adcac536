package dev.triage502.diagnosis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which of the causes that are shown comes first?
 *
 * <p>First what explains failing requests before what explains none, then the one that more of them went by, then the
 * surer one, then the place in the list. A cause that another accounts for is no fault of its own.
 *
 * @param faults    faults of their own, the first is the root if it may be
 * @param explained those that another accounts for, with the one that does
 * @param asides    shown, yet on no failing request's way or at best possible beside something surer
 */
record Ranking(List<Judged> faults, List<Explained> explained, List<Judged> asides) {

    /** A cause that is shown, and the one that accounts for it. */
    record Explained(Judged cause, Judged by) {}

    static Ranking of(List<Judged> shown, Traffic traffic) {
        List<Explained> explained = new ArrayList<>();
        List<Judged> own = new ArrayList<>();
        for (Judged each : shown) {
            Optional<Judged> by = shown.stream()
                    .filter(other -> other.explains(each) && isAsSure(other, each))
                    .findFirst();
            by.ifPresentOrElse(other -> explained.add(new Explained(each, other)), () -> own.add(each));
        }
        Comparator<Judged> order = Comparator.comparing((Judged each) -> traffic.isCounted() && each.share() == 0)
                .thenComparing(each -> traffic.isCounted() && each.share() == 0 && each.isOnTheWay())
                .thenComparing(Comparator.comparingLong(Judged::share).reversed())
                .thenComparing(Judged::confidence)
                .thenComparing(Judged::place);
        own.sort(order);
        raiseReasons(own);
        List<Judged> faults = new ArrayList<>();
        List<Judged> asides = new ArrayList<>();
        for (Judged each : own) {
            (isAside(each, faults, traffic) ? asides : faults).add(each);
        }
        return new Ranking(faults, explained, asides);
    }

    /** Puts what brings another about right above it; the order is the list's, so that it ends. */
    private static void raiseReasons(List<Judged> own) {
        for (Judged reason : List.copyOf(own)) {
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

    /** A guess does not account for what is shown: only what is likely at least, or as sure. */
    private static boolean isAsSure(Judged one, Judged other) {
        return one.confidence() != Confidence.POSSIBLE || other.confidence() == Confidence.POSSIBLE;
    }

    /** A possibility where something before it already accounts for the same servers, or where nobody suffers. */
    private static boolean isAside(Judged each, List<Judged> before, Traffic traffic) {
        if (!traffic.needsExplaining()) {
            return true;
        }
        if (each.confidence() != Confidence.POSSIBLE) {
            return false;
        }
        boolean nobodySuffers = traffic.isCounted() && each.share() == 0;
        return nobodySuffers || before.stream().anyMatch(other -> other.coversAllOf(each));
    }

    /** The root cause: the first fault, unless failing requests were counted and it stands where none of them went. */
    Optional<Judged> root(Traffic traffic) {
        return faults.stream()
                .findFirst()
                .filter(first -> !traffic.isCounted() || first.share() > 0 || !first.isOnTheWay());
    }
}
