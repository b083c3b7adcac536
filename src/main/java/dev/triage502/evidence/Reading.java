package dev.triage502.evidence;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * What came of asking for one thing: it, the fact that there is none, or why we do not know.
 *
 * <p>{@link Absent} is a fact and may be said only on Azure's word. A failed read is never an empty value.
 */
public sealed interface Reading<T> {

    /** Why a thing could not be read. */
    enum Why {
        /** Nobody asked: the case folder lacks the file, or the source is switched off. */
        NOT_COLLECTED,
        /** Azure does not record it: no diagnostic setting, the category off. */
        NOT_ENABLED,
        /** Azure refused: 401 or 403. */
        FORBIDDEN,
        /** Azure asked us to come later: 429, and later was too late. */
        THROTTLED,
        /** No answer within the time we had. */
        TIMED_OUT,
        /** No answer at all, an answer of 404 or 5xx, or an answer that says that nothing is known. */
        UNREACHABLE,
        /** An answer that is not what the document should be. */
        MALFORMED,
        /** A defect of this program: whatever Azure answered, it was not read. */
        INTERNAL_ERROR;

        /** The reason as it stands in documents: {@code not-enabled}. */
        public String id() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** The reason as a person reads it: {@code no permission}. */
        public String words() {
            return switch (this) {
                case FORBIDDEN -> "no permission";
                case THROTTLED -> "throttled by Azure";
                case UNREACHABLE -> "not reachable";
                case MALFORMED -> "not understood";
                case INTERNAL_ERROR -> "internal error in triage502";
                default -> id().replace('-', ' ');
            };
        }
    }

    /** The thing was read. */
    record Present<T>(T value) implements Reading<T> {}

    /** Azure says that there is none. */
    record Absent<T>() implements Reading<T> {}

    /** The thing could not be read; {@code detail} is in the words of whoever refused. */
    record CouldNotRead<T>(Source source, Why why, String detail) implements Reading<T> {

        /** Azure's code where a read-only lock stands in the way of a call that is no GET. */
        private static final String LOCKED = "ScopeLocked";

        /** Azure's code where there is no such resource. */
        private static final String GONE = "ResourceNotFound";

        /** Whether Azure says that there is no such resource: it was deleted, or its ID is wrong. */
        public boolean isOfNothing() {
            return detail.startsWith(GONE);
        }

        /** Whether a read-only lock refused the call: Azure takes some that only read for updates. */
        public boolean isByLock() {
            return detail.startsWith(LOCKED);
        }

        /** The same failure, seen as the reading of something else that rests on it. */
        public <R> CouldNotRead<R> as() {
            return new CouldNotRead<>(source, why, detail);
        }
    }

    static <T> Reading<T> present(T value) {
        return new Present<>(value);
    }

    static <T> Reading<T> absent() {
        return new Absent<>();
    }

    static <T> Reading<T> couldNotRead(Source source, Why why, String detail) {
        return new CouldNotRead<>(source, why, detail);
    }

    static <T> Reading<T> notCollected(Source source) {
        return new CouldNotRead<>(source, Why.NOT_COLLECTED, "not collected");
    }

    /** The reading of what a present value holds; absent and unread stay as they are. */
    default <R> Reading<R> map(Function<? super T, ? extends R> inner) {
        return flatMap(value -> present(inner.apply(value)));
    }

    /** As {@link #map}, where the inner thing may itself be absent or unread. */
    default <R> Reading<R> flatMap(Function<? super T, Reading<R>> inner) {
        if (this instanceof Present<T> present) {
            return inner.apply(present.value());
        }
        return this instanceof CouldNotRead<T> unread ? unread.as() : absent();
    }

    /** The value, if it was read. For readers and reports; a cause looks through a sign. */
    default Optional<T> toOptional() {
        return this instanceof Present<T> present ? Optional.of(present.value()) : Optional.empty();
    }

    /** Why it is not known, if it is not. */
    default Optional<CouldNotRead<T>> unread() {
        return this instanceof CouldNotRead<T> unread ? Optional.of(unread) : Optional.empty();
    }

    default boolean isPresent() {
        return this instanceof Present;
    }
}
