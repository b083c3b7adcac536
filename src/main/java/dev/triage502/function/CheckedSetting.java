package dev.triage502.function;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What settings came to, or why they came to nothing: told at start, and again to whoever needs them. */
final class CheckedSetting<T> {

    private final @Nullable T value;
    private final @Nullable WrongSetting wrong;

    private CheckedSetting(@Nullable T value, @Nullable WrongSetting wrong) {
        this.value = value;
        this.wrong = wrong;
    }

    static <T> CheckedSetting<T> of(Supplier<T> reading) {
        try {
            return new CheckedSetting<>(reading.get(), null);
        } catch (WrongSetting wrong) {
            return new CheckedSetting<>(null, wrong);
        }
    }

    /** @throws WrongSetting if they came to nothing */
    T get() {
        if (value == null) {
            throw wrong == null ? new IllegalStateException("neither value nor reason") : new WrongSetting(why());
        }
        return value;
    }

    Optional<String> problem() {
        return wrong == null ? Optional.empty() : Optional.of(why());
    }

    private String why() {
        return wrong == null ? "" : String.valueOf(wrong.getMessage());
    }
}
