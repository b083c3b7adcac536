package dev.triage502.cli;

import dev.triage502.collect.CollectionProgress;
import dev.triage502.function.Wiring;
import dev.triage502.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/** A store that somebody names: a folder, or the blob address of a storage account, which is read as oneself. */
final class StoreLocationArgument {

    private StoreLocationArgument() {}

    static Store open(String place, Console console, Clock clock) {
        return new Wiring(settings(place, console), clock, CollectionProgress.none()).openStore();
    }

    /** The account's other two addresses differ in one word. */
    private static Map<String, String> settings(String place, Console console) {
        Map<String, String> settings = new LinkedHashMap<>(console.env());
        settings.keySet().removeIf(name -> name.startsWith("AzureWebJobsStorage") || name.equals("TRIAGE502_STORE"));
        if (!place.startsWith("https://")) {
            if (!Files.isDirectory(Path.of(place))) {
                throw CommandFailed.wrongUsage(place + " is not a folder");
            }
            settings.put("TRIAGE502_STORE", place);
            return settings;
        }
        settings.put("AzureWebJobsStorage__blobServiceUri", place);
        settings.put("AzureWebJobsStorage__queueServiceUri", place.replace(".blob.", ".queue."));
        settings.put("AzureWebJobsStorage__tableServiceUri", place.replace(".blob.", ".table."));
        return settings;
    }
}
