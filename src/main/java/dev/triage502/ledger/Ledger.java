package dev.triage502.ledger;

import dev.triage502.incident.ResourceId;
import java.util.function.Function;

/** Where each gateway's {@link LedgerPage} is kept. */
public interface Ledger {

    /**
     * Gives the gateway's page to somebody who writes it anew, and keeps what was written. When another wrote
     * meanwhile, the turn is taken again with the newer page: so it decides, and does nothing else.
     *
     * @return what the turn that was kept came to
     * @throws RuntimeException if the page could not be read or kept, in the words of whoever refused
     */
    <T> T turn(ResourceId gateway, Function<LedgerPage, Turn<T>> writer);

    /** A page written anew and what the writer came to. A page that is as it was is not written. */
    record Turn<T>(LedgerPage page, T result) {}
}
