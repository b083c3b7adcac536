package dev.triage502.function;

import dev.triage502.deliver.ChannelSetting;
import dev.triage502.deliver.ChannelType;
import dev.triage502.deliver.Channels;
import dev.triage502.evidence.Source;
import dev.triage502.incident.Wording;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A setting that the app reads from its environment, whoever declares it.
 *
 * @param key       the name of the environment variable
 * @param secret    whether the value is never to be seen
 * @param otherwise what holds without it
 * @param meaning   what it is for
 * @param example   a value that is right
 */
record DeclaredSetting(String key, boolean secret, String otherwise, String meaning, String example) {

    /** Every setting: the app's own, those of the channels, and those by which sources are switched off. */
    static List<DeclaredSetting> all() {
        Stream<DeclaredSetting> own = Stream.of(AppSetting.values()).map(AppSetting::declared);
        Stream<DeclaredSetting> channels =
                Channels.ALL.stream().flatMap(type -> type.needed().stream().map(setting -> of(type, setting)));
        Stream<DeclaredSetting> sources = Stream.of(Source.values())
                .flatMap(source -> source.operatorSwitch().stream())
                .map(DeclaredSetting::of);
        return Stream.of(own, channels, sources).flatMap(some -> some).toList();
    }

    static DeclaredSetting of(ChannelType type, ChannelSetting<?> setting) {
        return new DeclaredSetting(
                type.variable(setting), setting.secret(), setting.otherwise(), setting.meaning(), setting.example());
    }

    static DeclaredSetting of(Source.Switch source) {
        return new DeclaredSetting(source.setting(), false, "on", source.meaning(), "off");
    }

    /**
     * The value, if one is set; a blank one counts as none.
     *
     * @throws WrongSetting if it is a reference that the platform could not resolve: the app then gets its text
     */
    Optional<String> in(Map<String, String> environment) {
        Optional<String> value =
                Optional.ofNullable(environment.get(key)).map(String::strip).filter(text -> !text.isEmpty());
        if (value.filter(DeclaredSetting::isReference).isPresent()) {
            throw new WrongSetting(key
                    + " is a Key Vault reference that was not resolved. Check that the secret exists, that the app's"
                    + " identity has the role Key Vault Secrets User, and that keyVaultReferenceIdentity names it if"
                    + " it is user-assigned. Expected a value such as " + example);
        }
        return value;
    }

    /**
     * Whether it is on.
     *
     * @throws WrongSetting if it is neither on nor off
     */
    boolean isOn(Map<String, String> environment) {
        String value = in(environment).orElse(otherwise);
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "on", "true" -> true;
            case "off", "false" -> false;
            default -> throw wrong(value, "on or off");
        };
    }

    /** What is wrong with a value, for the person who set it. A secret is not repeated, nor a query that may hold one. */
    WrongSetting wrong(String value, String expected) {
        String shown = value.contains("?") ? value.substring(0, value.indexOf('?')) + "?…" : value;
        String is = secret ? " is not " : " is \"" + shown + "\"; use ";
        return new WrongSetting(key + is + expected);
    }

    /** That it is missing where something else that is set needs it. */
    WrongSetting missing() {
        return new WrongSetting(key + " is not set. Set it to a value such as " + example);
    }

    private static boolean isReference(String value) {
        return Wording.of(value).startWith("@microsoft.keyvault(", "@microsoft.appconfiguration(");
    }
}
