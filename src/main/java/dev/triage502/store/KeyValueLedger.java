package dev.triage502.store;

import dev.triage502.incident.ResourceId;
import dev.triage502.ledger.Ledger;
import dev.triage502.ledger.LedgerPage;
import dev.triage502.ledger.LedgerPageJson;
import dev.triage502.store.KeyValueTable.Cell;
import java.util.Optional;
import java.util.function.Function;

/** The ledger in cells: a row for each gateway. */
final class KeyValueLedger implements Ledger {

    private static final String COLUMN = "ledger";

    private final OptimisticUpdate turns;

    KeyValueLedger(KeyValueTable cells) {
        this.turns = new OptimisticUpdate(cells);
    }

    @Override
    public <T> T turn(ResourceId gateway, Function<LedgerPage, Turn<T>> writer) {
        return turns.take(StoreKeys.ofGateway(gateway), COLUMN, cell -> {
            LedgerPage page = cell.map(Cell::text).map(LedgerPageJson::read).orElseGet(LedgerPage::empty);
            Turn<T> turn = writer.apply(page);
            Optional<String> written =
                    turn.page().equals(page) ? Optional.empty() : Optional.of(LedgerPageJson.write(turn.page()));
            return new OptimisticUpdate.Written<>(written, turn.result());
        });
    }
}
