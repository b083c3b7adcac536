package dev.triage502.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Cells in a folder, for one machine: each state of a cell is a file {@code row/column.N}, and of all who would write
 * state N + 1 the file system lets one. Holds between processes too.
 */
final class FolderCells implements Cells {

    private final Path folder;

    FolderCells(Path folder) {
        this.folder = folder;
    }

    @Override
    public Optional<Cell> read(String row, String column) {
        while (true) {
            List<Path> states = states(row, column);
            if (states.isEmpty()) {
                // A list that is made while one state replaces another may hold neither.
                states = states(row, column);
            }
            if (states.isEmpty()) {
                return Optional.empty();
            }
            Path newest = states.get(states.size() - 1);
            try {
                return Optional.of(new Cell(Files.readString(newest), String.valueOf(number(newest))));
            } catch (NoSuchFileException replacedMeanwhile) {
                continue;
            } catch (IOException e) {
                throw new StoreFailure(newest.toString(), e);
            }
        }
    }

    @Override
    public boolean write(String row, String column, String text, Optional<String> seen) {
        long next = seen.map(Long::parseLong).orElse(0L) + 1;
        List<Path> before = states(row, column);
        if (newest(row, column) >= next) {
            return false;
        }
        Path target = folder.resolve(row).resolve(column + "." + next);
        try {
            if (!NewFile.write(target, text.getBytes(StandardCharsets.UTF_8))) {
                return false;
            }
            if (newest(row, column) > next) {
                // Others have written next and more since, and tidied up, or it could not have been written.
                Files.deleteIfExists(target);
                return false;
            }
            for (Path old : before) {
                Files.deleteIfExists(old);
            }
            return true;
        } catch (IOException e) {
            throw new StoreFailure(target.toString(), e);
        }
    }

    private long newest(String row, String column) {
        List<Path> states = states(row, column);
        return states.isEmpty() ? 0 : number(states.get(states.size() - 1));
    }

    /** A cell's states that are there, the newest last; usually one. */
    private List<Path> states(String row, String column) {
        Path place = folder.resolve(row);
        if (!Files.isDirectory(place)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(place)) {
            return files.filter(file -> isState(file.getFileName().toString(), column))
                    .sorted(Comparator.comparingLong(FolderCells::number))
                    .toList();
        } catch (IOException e) {
            throw new StoreFailure(place.toString(), e);
        }
    }

    private static boolean isState(String name, String column) {
        return name.startsWith(column + ".")
                && name.substring(column.length() + 1).matches("[0-9]+");
    }

    private static long number(Path state) {
        String name = state.getFileName().toString();
        return Long.parseLong(name.substring(name.lastIndexOf('.') + 1));
    }
}
