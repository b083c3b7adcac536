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
            "The storage account of the queues and the Functions host, as a connection string; only for local runs. In"
                    + " Azure, use one of the next two instead, which need no key.",
            "UseDevelopmentStorage=true"),
    STORAGE_ACCOUNT(
            "AzureWebJobsStorage__accountName",
            false,
            "none",
            "The same account by name, accessed with the app's identity; public cloud only.",
            "sttriage502"),
    STORAGE_BLOBS(
            "AzureWebJobsStorage__blobServiceUri",
            false,
            "none",
            "The same account by its three endpoints, for other clouds and custom domains: the blob endpoint.",
            "https://sttriage502.blob.core.windows.net"),
    STORAGE_QUEUES(
            "AzureWebJobsStorage__queueServiceUri",
            false,
            "none",
            "Its queue endpoint.",
            "https://sttriage502.queue.core.windows.net"),
    STORAGE_TABLES(
            "AzureWebJobsStorage__tableServiceUri",
            false,
            "none",
            "Its table endpoint.",
            "https://sttriage502.table.core.windows.net"),
    STORAGE_CLIENT_ID(
            "AzureWebJobsStorage__clientId",
            false,
            "the system-assigned identity",
            "Client ID of the user-assigned identity for the storage account.",
            "00000000-0000-0000-0000-000000000000"),
    STORE(
            "TRIAGE502_STORE",
            false,
            "the account of AzureWebJobsStorage",
            "Storage of incidents and diagnoses: the blob endpoint of another storage account, or a local"
                    + " folder. Without AzureWebJobsStorage, the folder also holds the queues.",
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
            "AZURE_CLIENT_ID, or the system-assigned identity",
            "Client ID of the user-assigned identity that reads the gateways.",
            "00000000-0000-0000-0000-000000000000"),
    COMMON_CLIENT_ID(
            "AZURE_CLIENT_ID",
            false,
            "the system-assigned identity",
            "The same, by the name that the Azure SDKs use.",
            "00000000-0000-0000-0000-000000000000"),
    ENDPOINT(
            "TRIAGE502_AZURE_ENDPOINT",
            false,
            "Azure itself",
            "URL of a simulated Azure on this machine, for tests; only loopback addresses are allowed.",
            "http://127.0.0.1:8502"),
    CA_FILE(
            "TRIAGE502_CA_FILE",
            false,
            "the operating system's CAs, and those of SSL_CERT_FILE and REQUESTS_CA_BUNDLE",
            "PEM file with more CAs to trust, e.g. that of a proxy that decrypts TLS.",
            "/etc/ssl/certs/company-ca.pem"),
    HTTPS_PROXY(
            "HTTPS_PROXY",
            true,
            "no proxy",
            "Proxy for calls to Azure, to storage and to channels. HTTP_PROXY, ALL_PROXY and NO_PROXY count too."
                    + " Secret if it holds a password.",
            "http://user:password@proxy.contoso.com:3128"),
    KEEP_EVIDENCE(
            "TRIAGE502_KEEP_EVIDENCE",
            false,
            "on",
            "Whether to store the redacted evidence with each diagnosis, as a case for replay: on or off.",
            "off"),
    FOLLOW_UPS(
            "TRIAGE502_FOLLOW_UPS",
            false,
            "3m, 10m, 30m, 1h",
            "How long after an alert the incident is investigated again, because log rows arrive minutes late; the last"
                    + " one repeats.",
            "5m, 15m, 1h"),
    FOLLOW_FOR(
            "TRIAGE502_FOLLOW_FOR",
            false,
            "24h",
            "How long an incident is followed without a new alert or change, before it is closed.",
            "12h"),
    LEAST_PAUSE(
            "TRIAGE502_LEAST_PAUSE",
            false,
            "5m",
            "Minimum time between two messages about one incident; six times as long while it is flapping.",
            "10m"),
    RETENTION(
            "TRIAGE502_RETENTION",
            false,
            "90d",
            "How long a closed incident or a requested diagnosis is kept, with its reports and evidence.",
            "30d"),
    PUBLIC_URL(
            "TRIAGE502_PUBLIC_URL",
            false,
            "https:// and the platform's host name, WEBSITE_HOSTNAME",
            "Where people reach the app: what links in messages begin with. Set it for a custom domain or a gateway in"
                    + " front.",
            "https://triage.contoso.com"),
    LINK_SECRET(
            "TRIAGE502_LINK_SECRET",
            true,
            "a secret that the app makes and keeps in its store",
            "Signs the links in messages: a random text of at least 32 characters. A new value ends all links. Secret:"
                    + " use a Key Vault reference.",
            "the output of openssl rand -hex 32"),
    LINK_SECRET_PREVIOUS(
            "TRIAGE502_LINK_SECRET_PREVIOUS",
            true,
            "none",
            "Secrets whose links still open, while TRIAGE502_LINK_SECRET is being replaced; several are separated by"
                    + " commas.",
            "the value that TRIAGE502_LINK_SECRET had"),
    LINK_LIFETIME(
            "TRIAGE502_LINK_LIFETIME",
            false,
            "7d",
            "For how long a link in a message opens the incident without signing in.",
            "24h"),
    SLACK_SIGNING_SECRET(
            "TRIAGE502_SLACK_SIGNING_SECRET",
            true,
            "no commands and buttons from Slack",
            "Signing secret of the Slack app, which proves that a command or a press of a button comes from Slack."
                    + " Secret: use a Key Vault reference.",
            "the signing secret from the app's basic information"),
    CHANNELS(
            "TRIAGE502_CHANNELS",
            false,
            "only the channels below that have settings",
            "Any number of channels with filters, quiet hours and fallbacks: a JSON document, or its path in the"
                    + " container of the store. Its secrets are references to other settings (docs/channels.md).",
            "config/channels.json");

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
