package dev.triage502.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the incidents are that a command is about: in a store, or in a running app. */
final class IncidentsPlace {

    /** What a command's help says of the app's key. */
    static final String KEY = "The key of the app comes from TRIAGE502_HOST_KEY, or from the URL (?code=…).";

    @Option(
            names = "--store",
            paramLabel = "DIR|URL",
            description = "A store: a folder, or the blob endpoint of a storage account.")
    @Nullable
    String store;

    @Option(names = "--app", paramLabel = "URL", description = "A running app, e.g. http://127.0.0.1:7071.")
    @Nullable
    String app;
}
