package dev.triage502.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Runs the parts of one diagnosis so that a defect of this program in one of them costs only that part's answer.
 *
 * <p>A defect is anything thrown, a {@link StackOverflowError} included. A virtual machine that has no memory left, or
 * is broken, is not one: nothing that runs after it can be relied on.
 */
public final class GuardedChecks {

    /** Whoever is to know of a defect: the pure packages keep no log. */
    @FunctionalInterface
    public interface Listener {
        /** Called once for each part that threw, with the id of the part that threw. */
        void failed(String check, Throwable defect);
    }

    /**
     * A part that threw.
     *
     * @param check its id: a cause's, or an analysis's
     * @param words what it threw, without its message, which may hold anything
     */
    public record Failure(String check, String words) {}

    private final Listener listener;
    private final List<Failure> failures = new ArrayList<>();

    public GuardedChecks(Listener listener) {
        this.listener = listener;
    }

    /** What the part answers, or what stands in its place if it throws. */
    public <T> T check(String id, Supplier<? extends T> part, Supplier<? extends T> otherwise) {
        try {
            return part.get();
        } catch (AnalysisFailed known) {
            failures.add(new Failure(id, "needs " + known.getMessage() + ", which failed"));
            return otherwise.get();
        } catch (Throwable thrown) {
            note(id, thrown);
            return otherwise.get();
        }
    }

    /**
     * What an analysis answers that several parts share. If it throws, it is listed once, and each part that needs it is
     * listed as one that could not be checked.
     */
    public <T> T analysis(String id, Supplier<? extends T> analysis) {
        try {
            return analysis.get();
        } catch (AnalysisFailed known) {
            throw known;
        } catch (Throwable thrown) {
            note(id, thrown);
            throw new AnalysisFailed(id);
        }
    }

    /** A part that throws again, for another of its entries, is listed and told of once. */
    private void note(String id, Throwable thrown) {
        rethrowUnlessDefect(thrown);
        if (failures.stream().noneMatch(each -> each.check().equals(id))) {
            failures.add(new Failure(id, words(thrown)));
            listener.failed(id, thrown);
        }
    }

    /** An analysis that was needed had failed before, and is listed. */
    private static final class AnalysisFailed extends RuntimeException {
        AnalysisFailed(String id) {
            super(id, null, false, false);
        }
    }

    /** The parts that threw, in the order in which they were run. */
    public List<Failure> failures() {
        return List.copyOf(failures);
    }

    /** Throws on what is no defect of one part: the virtual machine itself cannot go on. */
    public static void rethrowUnlessDefect(Throwable thrown) {
        if (thrown instanceof VirtualMachineError broken && !(thrown instanceof StackOverflowError)) {
            throw broken;
        }
    }

    /** What was thrown, for a report: the kind alone. */
    public static String words(Throwable defect) {
        return "internal error in triage502: " + defect.getClass().getSimpleName();
    }
}
