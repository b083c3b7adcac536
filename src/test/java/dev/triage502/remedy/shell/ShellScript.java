package dev.triage502.remedy.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What a step prints as its command: simple commands in their order. */
public record ShellScript(List<ShellCommand> commands) {

    public ShellScript {
        commands = List.copyOf(commands);
    }

    /**
     * A text as bash reads it.
     *
     * @throws CannotParse if bash would not run it, or would read it otherwise than it looks
     */
    public static ShellScript parse(String text) {
        return new ShellParser(text).script();
    }

    /** All commands, those inside {@code $(…)} before the command that uses what they print. */
    public List<ShellCommand> all() {
        List<ShellCommand> all = new ArrayList<>();
        for (ShellCommand command : commands) {
            Stream.concat(command.assigned().values().stream(), command.words().stream())
                    .flatMap(ShellWord::substitutions)
                    .forEach(inner -> all.addAll(inner.all()));
            all.add(command);
        }
        return all;
    }

    public List<String> placeholders() {
        TreeSet<String> names = new TreeSet<>();
        for (ShellCommand command : commands) {
            command.words().forEach(word -> names.addAll(word.placeholders()));
            command.assigned().values().forEach(word -> names.addAll(word.placeholders()));
        }
        return List.copyOf(names);
    }
}
