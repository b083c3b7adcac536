package dev.triage502.store;

import java.util.Collection;
import java.util.Map;

/**
 * What was read of incidents, each as the files of a folder {@code cases/ID/} that the command line replays: a person
 * downloads them, the app itself never reads them.
 */
public final class Cases {

    private final Shelf shelf;

    Cases(Shelf shelf) {
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
        files.forEach((name, text) -> shelf.put(folder + Keys.safe(name), text));
        allNames.stream()
                .filter(name -> !files.containsKey(name))
                .forEach(name -> shelf.remove(folder + Keys.safe(name)));
    }

    private static String folder(String id) {
        return "cases/" + Keys.safe(id) + "/";
    }
}
