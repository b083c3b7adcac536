package dev.triage502.azure;

import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.evidence.Source;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** Turns a call into a reading, so that no failure of one source is an exception to the rest. */
final class GuardedCall {

    private GuardedCall() {}

    static <T> Reading<T> of(Source source, Callable<Reading<T>> call) {
        try {
            return call.call();
        } catch (RefusedCall refused) {
            return refused.reading(source);
        } catch (StrictJson.Malformed e) {
            return new RefusedCall(Why.MALFORMED, "MalformedAnswer", String.valueOf(e.getMessage())).reading(source);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new RefusedCall(Why.TIMED_OUT, "TimedOut", "canceled").reading(source);
        } catch (Exception e) {
            return unexpected(e).reading(source);
        }
    }

    private static RefusedCall unexpected(Exception e) {
        for (Throwable at = e; at != null; at = at.getCause()) {
            if (at instanceof RefusedCall refused) {
                return refused;
            }
            if (at instanceof InterruptedException) {
                Thread.currentThread().interrupt();
                return new RefusedCall(Why.TIMED_OUT, "TimedOut", "canceled");
            }
        }
        if (e instanceof RuntimeException defect && isOurs(defect)) {
            throw defect;
        }
        // An answer that the SDK or we could not make sense of; what the network does has its own reasons by now.
        return new RefusedCall(Why.MALFORMED, "MalformedAnswer", String.valueOf(e.getMessage()));
    }

    /** Whether an error of programming was made in our own code; the SDK makes them of answers that it does not expect. */
    private static boolean isOurs(RuntimeException e) {
        return (e instanceof NullPointerException || e instanceof IndexOutOfBoundsException)
                && Stream.of(e.getStackTrace())
                        .map(StackTraceElement::getClassName)
                        .filter(name -> !name.startsWith("java.") && !name.startsWith("jdk."))
                        .findFirst()
                        .filter(name -> name.startsWith("dev.triage502."))
                        .isPresent();
    }
}
