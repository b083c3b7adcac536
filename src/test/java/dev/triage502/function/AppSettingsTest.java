package dev.triage502.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.triage502.azure.AzureCloud;
import dev.triage502.deliver.ChannelSetting;
import dev.triage502.deliver.ChannelType;
import dev.triage502.deliver.route.ChannelPlan;
import dev.triage502.deliver.route.PlannedChannel;
import dev.triage502.evidence.Source;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AppSettingsTest {

    private static final String SECRET = "s3cr3tKey";
    private static final String CONNECTION =
            "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=" + SECRET + ";EndpointSuffix=core.windows.net";

    @Test
    void aConnectionStringIsForEverything() {
        StorageSettings storage = read("AzureWebJobsStorage", CONNECTION).storage();

        assertThat(storage.queues()).isEqualTo(new StorageLocation.ByConnectionString(CONNECTION));
        assertThat(storage.store()).isEqualTo(storage.queues());
        assertThat(read("AzureWebJobsStorage", "UseDevelopmentStorage=true").problems())
                .isEmpty();
    }

    @Test
    void anAccountsNameIsEnoughInThePublicCloud() {
        StorageSettings storage = read(
                        "AzureWebJobsStorage__accountName", "sttriage", "AzureWebJobsStorage__clientId", "me")
                .storage();

        assertThat(storage.queues()).isInstanceOf(StorageLocation.ByIdentity.class);
        StorageLocation.ByIdentity account = (StorageLocation.ByIdentity) storage.queues();
        assertThat(account.blobs()).hasToString("https://sttriage.blob.core.windows.net");
        assertThat(account.queues()).hasToString("https://sttriage.queue.core.windows.net");
        assertThat(account.tables()).hasToString("https://sttriage.table.core.windows.net");
        assertThat(account.clientId()).contains("me");
        assertThat(storage.store()).isEqualTo(account);
    }

    @Test
    void elsewhereItIsNamedByItsAddresses() {
        StorageLocation.ByIdentity account = (StorageLocation.ByIdentity) read(
                        "AzureWebJobsStorage__blobServiceUri", "https://st.blob.core.usgovcloudapi.net/",
                        "AzureWebJobsStorage__queueServiceUri", "https://st.queue.core.usgovcloudapi.net",
                        "AzureWebJobsStorage__tableServiceUri", "https://st.table.core.usgovcloudapi.net")
                .storage()
                .queues();

        assertThat(account.blobs()).hasToString("https://st.blob.core.usgovcloudapi.net");
        assertThat(account.clientId()).isEmpty();
        assertThat(read("AzureWebJobsStorage__queueServiceUri", "https://st.queue.core.windows.net")
                        .problems())
                .singleElement()
                .asString()
                .contains(
                        "AzureWebJobsStorage__blobServiceUri is not set", "https://sttriage502.blob.core.windows.net");
    }

    @Test
    void aFolderHoldsTheQueuesTooUnlessThereIsAnAccount() {
        AppSettings alone = read("TRIAGE502_STORE", "/var/lib/triage502");
        AppSettings beside = read("TRIAGE502_STORE", "/var/lib/triage502", "AzureWebJobsStorage", CONNECTION);

        assertThat(alone.queueFolder()).contains(Path.of("/var/lib/triage502"));
        assertThat(beside.queueFolder()).isEmpty();
        assertThat(beside.storage().store()).isEqualTo(new StorageLocation.Folder(Path.of("/var/lib/triage502")));
    }

    @Test
    void diagnosesMayHaveAnAccountOfTheirOwn() {
        StorageSettings storage = read(
                        "TRIAGE502_STORE", "https://kept.blob.core.windows.net", "AzureWebJobsStorage", CONNECTION)
                .storage();

        assertThat(((StorageLocation.ByIdentity) storage.store()).tables())
                .hasToString("https://kept.table.core.windows.net");
        assertThat(storage.queues()).isInstanceOf(StorageLocation.ByConnectionString.class);
        assertThat(read("TRIAGE502_STORE", "https://kept.blob.core.windows.net").problems())
                .singleElement()
                .asString()
                .contains("AzureWebJobsStorage is not set");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        AzureWebJobsStorage                  | some text                             | connection string
        AzureWebJobsStorage__accountName     | Not_A_Name                            | 3 to 24 lowercase letters
        AzureWebJobsStorage__blobServiceUri  | st.blob.core.windows.net              | https://sttriage502.blob
        TRIAGE502_STORE                      | http://kept.blob.core.windows.net     | https://NAME.blob
        TRIAGE502_STORE                      | https://kept.blob.core.windows.net/c  | https://NAME.blob
        TRIAGE502_STORE                      | https://example.com                   | https://NAME.blob
        TRIAGE502_WEBHOOK_URL                | hooks.example.com                     | an https URL
        TRIAGE502_WEBHOOK_URL                | http://hooks.example.com/x            | an https URL
        TRIAGE502_WEBHOOK_URL                | https://user:pass@hooks.example.com/x | an https URL
        TRIAGE502_WEBHOOK_URL                | ftp://hooks.example.com/x             | an https URL
        TRIAGE502_WEBHOOK_URL                | https://hooks .example.com/           | an https URL
        TRIAGE502_AZURE_CLOUD                | mars                                  | public, usgovernment, china
        TRIAGE502_AZURE_ENDPOINT             | https://management.example.com        | http://127.0.0.1:8502
        TRIAGE502_ON_DEMAND_PROBES           | perhaps                               | on or off
        TRIAGE502_DIRECT_PROBES              | 2                                     | on or off
        TRIAGE502_KEEP_EVIDENCE              | always                                | on or off
        """)
    void aWrongOneIsToldByItsNameWithWhatItShouldLookLike(String name, String value, String expected) {
        AppSettings settings = name.startsWith("AzureWebJobs") || name.equals("TRIAGE502_STORE")
                ? read(name, value)
                : read(name, value, "AzureWebJobsStorage", CONNECTION);

        assertThat(settings.problems()).hasSize(1);
        assertThat(settings.problems().get(0)).startsWith(name).contains(expected);
    }

    @Test
    void allThatIsWrongIsToldTogether() {
        AppSettings settings = read(
                "TRIAGE502_AZURE_CLOUD", "mars",
                "TRIAGE502_AZURE_ENDPOINT", "https://elsewhere.example",
                "TRIAGE502_WEBHOOK_URL", "x",
                "TRIAGE502_ON_DEMAND_PROBES", "x",
                "TRIAGE502_DIRECT_PROBES", "x");

        assertThat(settings.problems()).hasSize(6);
        assertThat(settings).hasToString("Settings[6 wrong]");
    }

    @Test
    void aWrongOneSpoilsOnlyWhatNeedsIt() {
        AppSettings settings = read("AzureWebJobsStorage", CONNECTION, "TRIAGE502_AZURE_CLOUD", "mars");

        assertThat(settings.storage()).isNotNull();
        assertThat(settings.allows(Source.ON_DEMAND_HEALTH)).isTrue();
        assertThatThrownBy(settings::azure)
                .isInstanceOf(WrongSetting.class)
                .hasMessageContaining("TRIAGE502_AZURE_CLOUD");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@Microsoft.KeyVault(SecretUri=https://v.vault.azure.net/secrets/" + SECRET + ")",
                "@microsoft.keyvault(VaultName=v;SecretName=" + SECRET + ")",
                "@Microsoft.AppConfiguration(Endpoint=https://c.azconfig.io; Key=" + SECRET + ")"
            })
    void aReferenceThatCameThroughUnresolvedIsTold(String reference) {
        AppSettings webhook = read("AzureWebJobsStorage", CONNECTION, "TRIAGE502_WEBHOOK_URL", reference);
        AppSettings storage = read("AzureWebJobsStorage", reference);
        AppSettings store = read("AzureWebJobsStorage", CONNECTION, "TRIAGE502_STORE", reference);

        assertThat(webhook.problems())
                .singleElement()
                .asString()
                .startsWith("TRIAGE502_WEBHOOK_URL is a Key Vault reference")
                .contains("Key Vault Secrets User", "keyVaultReferenceIdentity", "https://hooks.example.com")
                .doesNotContain(SECRET);
        assertThat(storage.problems())
                .singleElement()
                .asString()
                .startsWith("AzureWebJobsStorage is a Key Vault reference");
        assertThat(store.problems()).singleElement().asString().startsWith("TRIAGE502_STORE is a Key Vault reference");
    }

    @Test
    void noSecretIsPrinted() {
        for (AppSettings settings : new AppSettings[] {
            read("AzureWebJobsStorage", CONNECTION, "TRIAGE502_WEBHOOK_URL", "https://h.example/" + SECRET),
            read("AzureWebJobsStorage", SECRET, "TRIAGE502_WEBHOOK_URL", "x" + SECRET),
            read("TRIAGE502_STORE", CONNECTION),
            read("TRIAGE502_STORE", "https://a.blob.core.windows.net/c?sig=" + SECRET, "TRIAGE502_WEBHOOK_URL", SECRET)
        }) {
            assertThat(settings.toString()).doesNotContain(SECRET);
            assertThat(settings.channels().toString()).doesNotContain(SECRET);
            assertThat(String.join("\n", settings.problems())).doesNotContain(SECRET);
        }
        assertThat(read("AzureWebJobsStorage", CONNECTION).storage().toString()).doesNotContain(SECRET);
        assertThat(read("TRIAGE502_STORE", "f", "TRIAGE502_WEBHOOK_URL", "https://h.example/" + SECRET)
                        .channels()
                        .plan()
                        .toString())
                .contains("webhook", "url")
                .doesNotContain(SECRET);
    }

    @Test
    void theIdentityIsNamedByOursOrByAzuresOwnSetting() {
        assertThat(read("AZURE_CLIENT_ID", "common").azure().clientId()).contains("common");
        assertThat(read("AZURE_CLIENT_ID", "common", "TRIAGE502_AZURE_CLIENT_ID", "ours")
                        .azure()
                        .clientId())
                .contains("ours");
        assertThat(read("TRIAGE502_AZURE_CLOUD", "usgovernment").azure().cloud())
                .isEqualTo(AzureCloud.US_GOVERNMENT);
        assertThat(read("TRIAGE502_AZURE_ENDPOINT", "http://127.0.0.1:8502")
                        .azure()
                        .pretends())
                .isTrue();
    }

    @Test
    void blankIsNotSet() {
        AppSettings settings = read(
                "AzureWebJobsStorage", "UseDevelopmentStorage=true",
                "AzureWebJobsStorage__accountName", "",
                "TRIAGE502_STORE", " ",
                "TRIAGE502_WEBHOOK_URL", "",
                "TRIAGE502_AZURE_ENDPOINT", "",
                "TRIAGE502_DIRECT_PROBES", "");

        assertThat(settings.problems()).isEmpty();
        assertThat(settings.channels().plan().channels()).isEmpty();
        assertThat(settings.allows(Source.DIRECT_PROBE)).isTrue();
    }

    @Test
    void aChannelOfWhichOnlyAPartIsSetIsToldWithWhatIsMissing() {
        ChannelSetting<String> sender =
                ChannelSetting.text("from", "none", "Who sends.", "triage@example.com", ".+@.+");
        ChannelSetting<String> reader =
                ChannelSetting.text("to", "no mail", "Who is told.", "oncall@example.com", ".+@.+");
        ChannelType type =
                new ChannelType("x", List.of(sender, reader), List.of(), Set.of(), Map.of(), (values, tools) -> {
                    throw new AssertionError("opened");
                });

        assertThat(new ChannelSettings(Map.of(), List.of(type)).plan().channels())
                .isEmpty();
        assertThat(problems(type, Map.of("TRIAGE502_X_FROM", "a@example.com")))
                .containsExactly("TRIAGE502_X_TO is not set. Set it to a value such as oncall@example.com");
        assertThat(problems(type, Map.of("TRIAGE502_X_FROM", "nobody")))
                .containsExactly("TRIAGE502_X_FROM is \"nobody\"; use a value such as triage@example.com");
    }

    private static List<String> problems(ChannelType type, Map<String, String> environment) {
        return new ChannelSettings(environment, List.of(type)).plan().allProblems();
    }

    @Test
    void channelsAreSetByTheirOwnSettingsAndByADocument() {
        ChannelPlan plan = read(
                        "TRIAGE502_STORE",
                        "f",
                        "TRIAGE502_WEBHOOK_URL",
                        "https://h.example/" + SECRET,
                        "OPS_HOOK",
                        "https://o.example/" + SECRET,
                        "TRIAGE502_CHANNELS",
                        "{\"channels\":[{\"name\":\"ops\",\"type\":\"webhook\",\"url\":{\"setting\":\"OPS_HOOK\"}}]}")
                .channels()
                .plan();

        assertThat(plan.allProblems()).isEmpty();
        assertThat(plan.channels()).extracting(PlannedChannel::name).containsExactly("webhook", "ops");
    }

    @Test
    void aMistakeInTheDocumentOfTheChannelsIsToldAtStart() {
        assertThat(read("TRIAGE502_STORE", "f", "TRIAGE502_CHANNELS", "{").problems())
                .singleElement()
                .asString()
                .startsWith("TRIAGE502_CHANNELS: not JSON: ");
        assertThat(read(
                                "TRIAGE502_STORE",
                                "f",
                                "TRIAGE502_WEBHOOK_URL",
                                "https://h.example/x",
                                "TRIAGE502_CHANNELS",
                                "{\"channels\":[{\"name\":\"webhook\",\"type\":\"webhook\",\"url\":\"" + SECRET
                                        + "\"}]}")
                        .problems())
                .singleElement()
                .asString()
                .startsWith("TRIAGE502_CHANNELS: \"webhook\" is the name of the channel that has a setting")
                .doesNotContain(SECRET);
    }

    @Test
    void theDocumentOfTheChannelsMayBeInTheStore() {
        ChannelSettings settings = read("TRIAGE502_STORE", "f", "TRIAGE502_CHANNELS", "config/channels.json")
                .channels();

        assertThat(settings.plan().channels()).isEmpty();
        assertThat(settings.plan(name -> Optional.of("{\"channels\":[]}")).allProblems())
                .isEmpty();
        assertThat(settings.plan(name -> Optional.empty()).allProblems())
                .singleElement()
                .asString()
                .startsWith("TRIAGE502_CHANNELS: there is no \"config/channels.json\" in the container of the store");
    }

    @Test
    void aWebhookOnThisMachineMayBePlain() {
        assertThat(read("TRIAGE502_STORE", "f", "TRIAGE502_WEBHOOK_URL", "http://127.0.0.1:8080/hook")
                        .problems())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "TRIAGE502_PUBLIC_URL, https://triage.contoso.com/, https://triage.contoso.com",
        "TRIAGE502_PUBLIC_URL, https://api.contoso.com/triage, https://api.contoso.com/triage",
        "TRIAGE502_PUBLIC_URL, http://localhost:7071, http://localhost:7071",
        "WEBSITE_HOSTNAME, func-triage502.azurewebsites.net, https://func-triage502.azurewebsites.net",
        "WEBSITE_HOSTNAME, localhost:7071, http://localhost:7071",
        "OTHER, x, ''"
    })
    void peopleReachItWhereTheOperatorOrThePlatformSays(String name, String value, String url) {
        AppSettings settings = read("TRIAGE502_STORE", "/tmp/t502", name, value);

        assertThat(settings.publicUrl().orElse("")).isEqualTo(url);
        assertThat(settings.problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://triage.contoso.com",
                "triage.contoso.com",
                "https://me:secret@triage.contoso.com",
                "https://triage.contoso.com/?code=s3cr3tKey",
                "https://triage contoso.com",
                "https:///path"
            })
    void aLinkNeverBeginsWithSomethingElse(String value) {
        AppSettings settings = read("TRIAGE502_STORE", "/tmp/t502", "TRIAGE502_PUBLIC_URL", value);

        assertThat(settings.publicUrl()).isEmpty();
        assertThat(settings.problems())
                .singleElement()
                .asString()
                .contains("TRIAGE502_PUBLIC_URL", "https://triage.contoso.com")
                .doesNotContain(SECRET);
    }

    private static AppSettings read(String... namesAndValues) {
        Map<String, String> environment = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            environment.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return AppSettings.read(environment);
    }
}
