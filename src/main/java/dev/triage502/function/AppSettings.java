package dev.triage502.function;

import dev.triage502.azure.AzureSettings;
import dev.triage502.azure.OutboundHttp;
import dev.triage502.azure.SurroundingVariables;
import dev.triage502.evidence.Source;
import dev.triage502.incident.CloudName;
import dev.triage502.ledger.LifeRules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
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

    private final CheckedSetting<StorageSettings> storage;
    private final SurroundingVariables surroundings;
    private final CheckedSetting<AzureSettings> azure;
    private final ChannelSettings channels;
    private final Map<Source, CheckedSetting<Boolean>> switches = new EnumMap<>(Source.class);
    private final CheckedSetting<Boolean> keepEvidence;
    private final CheckedSetting<LifeRules> life;
    private final CheckedSetting<Duration> retention;
    private final CheckedSetting<Optional<String>> publicUrl;
    private final CheckedSetting<LinkSettings> links;
    private final CheckedSetting<Optional<SlackSignature>> slack;

    private AppSettings(Map<String, String> environment) {
        storage = CheckedSetting.of(() -> StorageSettings.read(environment));
        surroundings = SurroundingVariables.of(environment);
        azure = CheckedSetting.of(() -> azure(environment));
        channels = new ChannelSettings(environment);
        for (Source source : Source.values()) {
            source.operatorSwitch()
                    .map(DeclaredSetting::of)
                    .ifPresent(setting -> switches.put(source, CheckedSetting.of(() -> setting.isOn(environment))));
        }
        keepEvidence =
                CheckedSetting.of(() -> AppSetting.KEEP_EVIDENCE.declared().isOn(environment));
        life = CheckedSetting.of(() -> LifeSettings.read(environment));
        retention = CheckedSetting.of(() -> LifeSettings.retention(environment));
        links = CheckedSetting.of(() -> LinkSettings.read(environment));
        slack = CheckedSetting.of(() -> slack(environment));
        publicUrl = CheckedSetting.of(() -> PublicUrl.read(environment));
    }

    public static AppSettings read(Map<String, String> environment) {
        return new AppSettings(Map.copyOf(environment));
    }

    /** What is missing or wrong, each by its name and with what it should look like. */
    public List<String> problems() {
        Stream<String> own = Stream.of(
                        Stream.of(storage, azure),
                        switches.values().stream(),
                        Stream.of(keepEvidence, life, retention, publicUrl, links, slack))
                .flatMap(some -> some)
                .flatMap(checked -> checked.problem().stream())
                .flatMap(String::lines);
        return Stream.concat(own, channels.plan().allProblems().stream()).toList();
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

    /** What the environment says of the network. */
    SurroundingVariables surroundings() {
        return surroundings;
    }

    ChannelSettings channels() {
        return channels;
    }

    /** Whether the operator lets this source be asked. */
    boolean allows(Source source) {
        CheckedSetting<Boolean> allowed = switches.get(source);
        return allowed == null || allowed.get();
    }

    boolean keepEvidence() {
        return keepEvidence.get();
    }

    /** How long closed incidents are kept. */
    Duration retention() {
        return retention.get();
    }

    /** How often incidents are investigated and spoken of; the usual where a setting is wrong, which is told at start. */
    LifeRules life() {
        return life.problem().isPresent() ? LifeRules.USUAL : life.get();
    }

    /** Where people reach the app; nowhere if the setting is wrong, which is told at start: a message is sent all the same. */
    Optional<String> publicUrl() {
        return publicUrl.problem().isPresent() ? Optional.empty() : publicUrl.get();
    }

    LinkSettings links() {
        return links.get();
    }

    /**
     * How requests of Slack are known; empty if it is not set up to call the app.
     *
     * @throws WrongSetting if the secret can be none
     */
    Optional<SlackSignature> slack() {
        return slack.get();
    }

    /** Whether buttons in messages of Slack can tell the app something. */
    boolean hearsSlack() {
        return slack.problem().isEmpty() && slack.get().isPresent();
    }

    /** The cloud of the gateways; the public one if the setting is wrong, for what must be told all the same. */
    CloudName cloud() {
        return azure.problem().isPresent()
                ? CloudName.PUBLIC
                : azure.get().cloud().cloudName();
    }

    private static Optional<SlackSignature> slack(Map<String, String> environment) {
        Optional<String> secret = AppSetting.SLACK_SIGNING_SECRET.in(environment);
        secret.filter(value -> !value.matches("\\S{20,}")).ifPresent(value -> {
            throw AppSetting.SLACK_SIGNING_SECRET.wrong("", "a text of at least 20 characters without blanks");
        });
        return secret.map(SlackSignature::new);
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
        try {
            OutboundHttp.check(SurroundingVariables.of(environment));
        } catch (IllegalArgumentException e) {
            wrong.append(e.getMessage()).append('\n');
        }
        if (wrong.length() > 0) {
            throw new WrongSetting(wrong.toString().strip());
        }
        Map<String, String> all = new HashMap<>(environment);
        List.of(AppSetting.CLIENT_ID, AppSetting.COMMON_CLIENT_ID, AppSetting.CLOUD, AppSetting.ENDPOINT)
                .forEach(setting -> all.remove(setting.key()));
        all.putAll(names);
        return AzureSettings.from(all);
    }

    /** Says nothing of what is set: some of it is secret. */
    @Override
    public String toString() {
        return "Settings[" + problems().size() + " wrong]";
    }
}
