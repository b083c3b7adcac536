package dev.triage502.store;

import dev.triage502.store.KeyValueTable.Cell;
import dev.triage502.store.OptimisticUpdate.Written;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/** What links to incidents need to be kept: a secret to sign them with, and how often those of an incident were revoked. */
public final class LinkStore {

    private static final String ROW = "links";
    private static final String SECRET = "secret";
    private static final String SERIES = "links";
    private static final int SECRET_BYTES = 32;

    private final KeyValueTable cells;
    private final OptimisticUpdate turns;

    LinkStore(KeyValueTable cells) {
        this.cells = cells;
        this.turns = new OptimisticUpdate(cells);
    }

    /** The secret of this store: made by whoever asks first, and the same for all from then on. */
    public String secret() {
        return turns.take(
                ROW,
                SECRET,
                cell -> cell.map(Cell::text)
                        .map(kept -> new Written<>(Optional.empty(), kept))
                        .orElseGet(() -> {
                            String made = fresh();
                            return new Written<>(Optional.of(made), made);
                        }));
    }

    /** How often the links of an incident were revoked. */
    public int series(String incident) {
        return cells.read(StoreKeys.safe(incident), SERIES)
                .map(LinkStore::number)
                .orElse(0);
    }

    /**
     * Revokes all links that were made for an incident so far.
     *
     * @return how often that was done, this time included
     */
    public int revoke(String incident) {
        return turns.take(StoreKeys.safe(incident), SERIES, cell -> {
            int next = cell.map(LinkStore::number).orElse(0) + 1;
            return new Written<>(Optional.of(String.valueOf(next)), next);
        });
    }

    private static int number(Cell cell) {
        return Integer.parseInt(cell.text());
    }

    private static String fresh() {
        byte[] bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
