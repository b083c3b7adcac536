package dev.triage502.store;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A thing that is made when it is first wanted, and once; a making that fails is tried again by the next. */
public final class LazyValue<T> implements Supplier<T> {

    private final Supplier<T> making;
    private @Nullable T made;

    public LazyValue(Supplier<T> making) {
        this.making = making;
    }

    @Override
    public synchronized T get() {
        T thing = made;
        if (thing == null) {
            thing = making.get();
            made = thing;
        }
        return thing;
    }
}
