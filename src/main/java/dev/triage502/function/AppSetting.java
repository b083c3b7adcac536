package dev.triage502.function;

import java.util.Map;
import java.util.Optional;

/**
 * The settings of the app itself. Those of channels and of sources are declared by them; {@link DeclaredSetting#all}
 * has them all.
 */
enum AppSetting {
    STORAGE(
            "AzureWebJobsStorage",
            true,
            "none",
            "Storage account of the queues and of the Functions host, by connection string: on this machine only. In"
                    + " Azure leave it out and set one of the next two, so that no key is needed.",
            "UseDevelopmentStorage=true"),
    STORAGE_ACCOUNT(
            "AzureWebJobsStorage__accountName",
            false,
            "none",
            "The same account by its name, used as the app's identity; for the public cloud.",
            "sttriage502"),
    STORAGE_BLOBS(
            "AzureWebJobsStorage__blobServiceUri",
            false,
            "none",
            "The same account by its three addresses: the one of its blobs. For other clouds and names of your own.",
            "https://sttriage502.blob.core.windows.net"),
    STORAGE_QUEUES(
            "AzureWebJobsStorage__queueServiceUri",
            false,
            "none",
            "The address of its queues.",
            "https://sttriage502.queue.core.windows.net"),
    STORAGE_TABLES(
            "AzureWebJobsStorage__tableServiceUri",
            false,
            "none",
            "The address of its tables.",
            "https://sttriage502.table.core.windows.net"),
    STORAGE_CLIENT_ID(
            "AzureWebJobsStorage__clientId",
            false,
            "the system-assigned identity",
            "Client id of the user-assigned identity that uses the storage account.",
            "00000000-0000-0000-0000-000000000000"),
    STORE(
            "TRIAGE502_STORE",
            false,
            "the account of AzureWebJobsStorage",
            "Where incidents and diagnoses are kept: the blob address of another storage account, or a folder on this"
                    + " machine, which without AzureWebJobsStorage holds the queues too.",
            "https://stdiagnoses.blob.core.windows.net"),
    CLOUD(
            "TRIAGE502_AZURE_CLOUD",
            false,
            "public",
            "The cloud of the gateways: public, usgovernment or china.",
            "usgovernment"),
    CLIENT_ID(
            "TRIAGE502_AZURE_CLIENT_ID",
            false,
            "AZURE_CLIENT_ID, else the system-assigned identity",
            "Client id of the user-assigned identity that reads the gateways.",
            "00000000-0000-0000-0000-000000000000"),
    COMMON_CLIENT_ID(
            "AZURE_CLIENT_ID",
            false,
            "the system-assigned identity",
            "The same, under the name that Azure's libraries share.",
            "00000000-0000-0000-0000-000000000000"),
    ENDPOINT(
            "TRIAGE502_AZURE_ENDPOINT",
            false,
            "Azure itself",
            "A pretended Azure on this machine in place of the real one; anything but a loopback address is refused.",
            "http://127.0.0.1:8502"),
    KEEP_EVIDENCE(
            "TRIAGE502_KEEP_EVIDENCE",
            false,
            "on",
            "Whether what a diagnosis rests on is kept beside it, redacted, as a case that the command line replays: on"
                    + " or off.",
            "off"),
    FOLLOW_UPS(
            "TRIAGE502_FOLLOW_UPS",
            false,
            "3m, 10m, 30m, 1h",
            "How long after an alert its incident is investigated again, since log rows arrive minutes late; the last"
                    + " one repeats.",
            "5m, 15m, 1h"),
    FOLLOW_FOR(
            "TRIAGE502_FOLLOW_FOR",
            false,
            "24h",
            "How long an incident without a new alert or change is followed. Then it is closed.",
            "12h"),
    LEAST_PAUSE(
            "TRIAGE502_LEAST_PAUSE",
            false,
            "5m",
            "The shortest time between two messages about one incident; six times as long while it is flapping.",
            "10m");

    private final DeclaredSetting declared;

    AppSetting(String key, boolean secret, String otherwise, String meaning, String example) {
        this.declared = new DeclaredSetting(key, secret, otherwise, meaning, example);
    }

    DeclaredSetting declared() {
        return declared;
    }

    /** The name of the environment variable. */
    String key() {
        return declared.key();
    }

    String example() {
        return declared.example();
    }

    /** As {@link DeclaredSetting#in}. */
    Optional<String> in(Map<String, String> environment) {
        return declared.in(environment);
    }

    /** As {@link DeclaredSetting#wrong}. */
    WrongSetting wrong(String value, String expected) {
        return declared.wrong(value, expected);
    }
}
