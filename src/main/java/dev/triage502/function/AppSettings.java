package dev.triage502.function;

import dev.triage502.azure.AzureSettings;
import dev.triage502.deliver.SecretUrl;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The app's settings, read from its environment once.
 *
 * <p>A wrong one spoils only what needs it: a webhook whose secret did not come through must not keep an incident from
 * being looked at. {@link #problems} are told at start, all together; whoever needs a wrong setting is told again.
 */
public final class AppSettings {

    private static final String WEBHOOK = "an https URL, as " + AppSetting.WEBHOOK_URL.example();

    private final CheckedSetting<StorageSettings> storage;
    private final CheckedSetting<AzureSettings> azure;
    private final CheckedSetting<Optional<SecretUrl>> webhook;
    private final CheckedSetting<Boolean> onDemandProbes;
    private final CheckedSetting<Boolean> directProbes;
    private final CheckedSetting<Boolean> keepEvidence;

    private AppSettings(Map<String, String> environment) {
        storage = CheckedSetting.of(() -> StorageSettings.read(environment));
        azure = CheckedSetting.of(() -> azure(environment));
        webhook = CheckedSetting.of(() -> AppSetting.WEBHOOK_URL.in(environment).map(AppSettings::webhook));
        onDemandProbes = CheckedSetting.of(() -> isOn(AppSetting.ON_DEMAND_PROBES, environment));
        directProbes = CheckedSetting.of(() -> isOn(AppSetting.DIRECT_PROBES, environment));
        keepEvidence = CheckedSetting.of(() -> isOn(AppSetting.KEEP_EVIDENCE, environment));
    }

    public static AppSettings read(Map<String, String> environment) {
        return new AppSettings(Map.copyOf(environment));
    }

    /** What is missing or wrong, each by its name and with what it should look like. */
    public List<String> problems() {
        return Stream.of(storage, azure, webhook, onDemandProbes, directProbes, keepEvidence)
                .flatMap(checked -> checked.problem().stream())
                .flatMap(String::lines)
                .toList();
    }

    /** The folder that holds the queues, if a folder does: for the host on this machine, which receives from them. */
    public Optional<Path> queueFolder() {
        return storage().queues() instanceof StorageLocation.Folder folder
                ? Optional.of(folder.path())
                : Optional.empty();
    }

    StorageSettings storage() {
        return storage.get();
    }

    AzureSettings azure() {
        return azure.get();
    }

    CheckedSetting<Optional<SecretUrl>> webhook() {
        return webhook;
    }

    boolean onDemandProbes() {
        return onDemandProbes.get();
    }

    boolean directProbes() {
        return directProbes.get();
    }

    boolean keepEvidence() {
        return keepEvidence.get();
    }

    private static AzureSettings azure(Map<String, String> environment) {
        Map<String, String> names = new HashMap<>();
        StringBuilder wrong = new StringBuilder();
        AppSetting.CLIENT_ID
                .in(environment)
                .or(() -> AppSetting.COMMON_CLIENT_ID.in(environment))
                .ifPresent(id -> names.put(AppSetting.CLIENT_ID.key(), id));
        for (AppSetting setting : List.of(AppSetting.CLOUD, AppSetting.ENDPOINT)) {
            Optional<String> value = setting.in(environment);
            if (value.isPresent()) {
                try {
                    AzureSettings.from(Map.of(setting.key(), value.get()));
                    names.put(setting.key(), value.get());
                } catch (IllegalArgumentException e) {
                    wrong.append(e.getMessage()).append('\n');
                }
            }
        }
        if (wrong.length() > 0) {
            throw new WrongSetting(wrong.toString().strip());
        }
        return AzureSettings.from(names);
    }

    private static SecretUrl webhook(String value) {
        URI uri;
        try {
            uri = URI.create(value);
        } catch (IllegalArgumentException e) {
            throw AppSetting.WEBHOOK_URL.wrong(value, WEBHOOK);
        }
        boolean https = "https".equalsIgnoreCase(uri.getScheme());
        if (uri.getHost() == null || uri.getRawUserInfo() != null || !https && !isPlainOnThisMachine(uri)) {
            throw AppSetting.WEBHOOK_URL.wrong(value, WEBHOOK);
        }
        return new SecretUrl(uri);
    }

    /** For the demo's receiver; anywhere else plain HTTP would show the secret to everybody on the way. */
    private static boolean isPlainOnThisMachine(URI uri) {
        return "http".equalsIgnoreCase(uri.getScheme())
                && List.of("127.0.0.1", "localhost", "[::1]").contains(uri.getHost());
    }

    private static boolean isOn(AppSetting setting, Map<String, String> environment) {
        String value = setting.in(environment).orElse(setting.otherwise());
        switch (value.toLowerCase(Locale.ROOT)) {
            case "on":
            case "true":
                return true;
            case "off":
            case "false":
                return false;
            default:
                throw setting.wrong(value, "on or off");
        }
    }

    /** Says nothing of what is set: some of it is secret. */
    @Override
    public String toString() {
        return "Settings[" + problems().size() + " wrong]";
    }
}
