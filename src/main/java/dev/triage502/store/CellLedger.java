package dev.triage502.store;

import dev.triage502.incident.ResourceId;
import dev.triage502.ledger.Ledger;
import dev.triage502.ledger.Page;
import dev.triage502.ledger.PageJson;
import dev.triage502.store.Cells.Cell;
import java.util.Optional;
import java.util.function.Function;

/** The ledger in cells: a row for each gateway. */
final class CellLedger implements Ledger {

    private static final String COLUMN = "ledger";

    private final Turns turns;

    CellLedger(Cells cells) {
        this.turns = new Turns(cells);
    }

    @Override
    public <T> T turn(ResourceId gateway, Function<Page, Turn<T>> writer) {
        return turns.take(Keys.ofGateway(gateway), COLUMN, cell -> {
            Page page = cell.map(Cell::text).map(PageJson::read).orElseGet(Page::empty);
            Turn<T> turn = writer.apply(page);
            Optional<String> written =
                    turn.page().equals(page) ? Optional.empty() : Optional.of(PageJson.write(turn.page()));
            return new Turns.Written<>(written, turn.result());
        });
    }
}
