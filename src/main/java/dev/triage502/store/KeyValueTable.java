package dev.triage502.store;

import java.util.List;
import java.util.Optional;

/** A table of small texts, each of which is written only by whoever has seen what it replaces. */
interface KeyValueTable {

    /**
     * What a cell holds, and the mark of this very state of it.
     *
     * @param tag what {@link #write} wants to see; means nothing else
     */
    record Cell(String text, String tag) {}

    Optional<Cell> read(String row, String column);

    /**
     * Writes a cell.
     *
     * @param seen the tag of what it replaces; empty if the cell was not there
     * @return whether it was written; false when somebody else wrote since
     */
    boolean write(String row, String column, String text, Optional<String> seen);

    /** A cell with the column that it stands in. */
    record Listed(String column, String text) {}

    /**
     * The cells of a row whose columns come after one, in the order of their columns.
     *
     * @param after  where to go on; an empty string for the beginning
     * @param atMost how many at most
     */
    List<Listed> list(String row, String after, int atMost);

    /** Takes a cell away if it is there. */
    void remove(String row, String column);
}
