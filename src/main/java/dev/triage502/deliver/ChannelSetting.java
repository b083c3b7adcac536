package dev.triage502.deliver;

import java.util.Optional;
import java.util.function.Function;

/**
 * One setting of a channel: what it is called, what it is for, and which values are right.
 *
 * @param name      of the environment variable
 * @param secret    whether its value may never be seen
 * @param otherwise what holds without it, for the table of settings
 * @param meaning   what it is for, for the same table
 * @param example   a value that is right
 * @param expected  what a value has to be, for whoever set another one
 * @param check     what a value is; nothing if it is not right
 */
public record ChannelSetting<T>(
        String name,
        boolean secret,
        String otherwise,
        String meaning,
        String example,
        String expected,
        Function<String, Optional<T>> check) {

    /** The URL that a channel posts to; whoever has it can post, so it is a secret. */
    public static ChannelSetting<SecretUrl> secretUrl(String name, String otherwise, String meaning, String example) {
        return new ChannelSetting<>(
                name, true, otherwise, meaning, example, "an https URL, e.g. " + example, SecretUrl::parse);
    }

    /** A text that is no secret and matches a pattern. */
    public static ChannelSetting<String> text(
            String name, String otherwise, String meaning, String example, String pattern) {
        return new ChannelSetting<>(
                name,
                false,
                otherwise,
                meaning,
                example,
                "a value such as " + example,
                value -> Optional.of(value).filter(text -> text.matches(pattern)));
    }
}
