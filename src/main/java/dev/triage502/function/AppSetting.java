package dev.triage502.function;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Every setting that the app reads from its environment; {@code docs/settings.md} is this list. */
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
    WEBHOOK_URL(
            "TRIAGE502_WEBHOOK_URL",
            true,
            "no webhook",
            "Where each diagnosis is posted as JSON. A secret: a Key Vault reference is the place for it.",
            "https://hooks.example.com/triage?key=…"),
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
    ON_DEMAND_PROBES(
            "TRIAGE502_ON_DEMAND_PROBES",
            false,
            "on",
            "Whether a gateway may be told to probe its backends now, which shows what its last probe does not: on or"
                    + " off.",
            "off"),
    DIRECT_PROBES(
            "TRIAGE502_DIRECT_PROBES",
            false,
            "on",
            "Whether the app may ask the backends itself, past the gateway, from where it runs: on or off.",
            "off"),
    KEEP_EVIDENCE(
            "TRIAGE502_KEEP_EVIDENCE",
            false,
            "on",
            "Whether what a diagnosis rests on is kept beside it, redacted, as a case that the command line replays: on"
                    + " or off.",
            "off");

    private final String key;

    /** Whether the value is never to be seen. */
    private final boolean secret;

    private final String otherwise;
    private final String meaning;
    private final String example;

    AppSetting(String key, boolean secret, String otherwise, String meaning, String example) {
        this.key = key;
        this.secret = secret;
        this.otherwise = otherwise;
        this.meaning = meaning;
        this.example = example;
    }

    /** The name of the environment variable. */
    String key() {
        return key;
    }

    /** What holds without it. */
    String otherwise() {
        return otherwise;
    }

    String meaning() {
        return meaning;
    }

    String example() {
        return example;
    }

    /**
     * The value, if one is set; a blank one counts as none.
     *
     * @throws WrongSetting if it is a reference that the platform could not resolve: the app then gets its text
     */
    Optional<String> in(Map<String, String> environment) {
        Optional<String> value =
                Optional.ofNullable(environment.get(key)).map(String::strip).filter(text -> !text.isEmpty());
        if (value.filter(AppSetting::isReference).isPresent()) {
            throw new WrongSetting(key + " is a Key Vault reference that came through unresolved: the app's identity"
                    + " needs the role Key Vault Secrets User on the vault, a user-assigned one must be named by the"
                    + " app's keyVaultReferenceIdentity, and the secret must exist. Expected a value as " + example);
        }
        return value;
    }

    /** What is wrong with a value, for the person who set it. A secret is not repeated, nor a query that may hold one. */
    WrongSetting wrong(String value, String expected) {
        String shown = value.contains("?") ? value.substring(0, value.indexOf('?')) + "?…" : value;
        String is = secret ? "set, but to something else" : "\"" + shown + "\"";
        return new WrongSetting(key + " is " + is + ". Expected " + expected);
    }

    private static boolean isReference(String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        return lower.startsWith("@microsoft.keyvault(") || lower.startsWith("@microsoft.appconfiguration(");
    }
}
