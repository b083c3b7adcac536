package dev.triage502.store;

import java.util.Collection;
import java.util.Map;

/**
 * What was read of incidents, each as the files of a folder {@code cases/ID/} that the command line replays: a person
 * downloads them, the app itself never reads them.
 */
public final class ArchivedCases {

    private final BlobStore shelf;

    ArchivedCases(BlobStore shelf) {
        this.shelf = shelf;
    }

    /**
     * Keeps the files of an incident, in place of those of an earlier look at it.
     *
     * @param files     the text of each by its name
     * @param allNames  every name that a file of such a folder can have
     */
    public void keep(String id, Map<String, String> files, Collection<String> allNames) {
        String folder = folder(id);
        files.forEach((name, text) -> shelf.put(folder + StoreKeys.safe(name), text));
        allNames.stream()
                .filter(name -> !files.containsKey(name))
                .forEach(name -> shelf.remove(folder + StoreKeys.safe(name)));
    }

    private static String folder(String id) {
        return "cases/" + StoreKeys.safe(id) + "/";
    }
}
