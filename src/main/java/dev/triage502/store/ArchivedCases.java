package dev.triage502.store;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What each look at an incident rests on, as the files of a folder {@code cases/ID/REVISION/} that the command line
 * replays.
 */
public final class ArchivedCases {

    private static final String CASE = "case.json";

    private final BlobStore shelf;

    ArchivedCases(BlobStore shelf) {
        this.shelf = shelf;
    }

    /**
     * Keeps the files of one look at an incident, in place of those that an earlier try of the same look left. The file
     * that makes the folder a case is written last: where it is, all of them are.
     *
     * @param files     the text of each by its name
     * @param allNames  every name that a file of such a folder can have
     */
    public void keep(String id, int revision, Map<String, String> files, Collection<String> allNames) {
        String folder = folder(id, revision);
        files.forEach((name, text) -> {
            if (!name.equals(CASE)) {
                shelf.put(folder + StoreKeys.safe(name), text);
            }
        });
        allNames.stream()
                .filter(name -> !files.containsKey(name))
                .forEach(name -> shelf.remove(folder + StoreKeys.safe(name)));
        Optional.ofNullable(files.get(CASE)).ifPresent(text -> shelf.put(folder + CASE, text));
    }

    /** Whether the files of one look at an incident are kept, all of them. */
    public boolean isKept(String id, int revision) {
        return StoreKeys.isSafe(id) && shelf.get(folder(id, revision) + CASE).isPresent();
    }

    /** The files of one look at an incident by their names; none where nothing was kept. */
    public Map<String, String> read(String id, int revision, Collection<String> allNames) {
        Map<String, String> files = new TreeMap<>();
        if (StoreKeys.isSafe(id)) {
            for (String name : allNames) {
                shelf.get(folder(id, revision) + StoreKeys.safe(name))
                        .or(() -> shelf.get("cases/" + id + "/" + name)) // as versions before 0.2 kept them
                        .ifPresent(text -> files.put(name, text));
            }
        }
        return files;
    }

    private static String folder(String id, int revision) {
        return "cases/" + StoreKeys.safe(id) + "/" + revision + "/";
    }
}
