package dev.triage502.remedy.proof;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs a fix script in a real bash, with answers typed in and programs that write down their arguments and do nothing else. */
final class ScriptRun {

    private static final List<String> PROGRAMS = List.of("az", "kubectl", "curl", "openssl", "nslookup", "touch");
    private static final List<String> REAL = List.of("date", "mkdir", "head", "grep");
    private static final String END = "zz-end-of-call";

    private final Path folder;
    private final Path programs;

    /**
     * What a script did.
     *
     * @param calls  each program that it called, with its arguments, in their order
     * @param saved  the texts that it saved before the change
     */
    record Done(int exit, List<List<String>> calls, String output, List<String> saved) {}

    ScriptRun(Path folder) throws IOException {
        this.folder = folder;
        this.programs = Files.createDirectories(folder.resolve("programs"));
        for (String program : PROGRAMS) {
            executable(
                    program,
                    "printf '%s\\0' '" + program + "' \"$@\" '" + END + "' >> \"$CALLS\"\nprintf '{}'\n"
                            + "[[ -z \"$FAIL\" || \" $* \" != *\" $FAIL \"* ]] || exit 7\n");
        }
        for (String program : REAL) {
            executable(program, "PATH=/usr/bin:/bin exec " + program + " \"$@\"\n");
        }
    }

    private void executable(String program, String text) throws IOException {
        Path file = Files.writeString(programs.resolve(program), "#!/bin/bash\n" + text);
        if (!file.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + file + " executable");
        }
    }

    /** Runs a script. @param fail words of the az command that fails; empty if none does */
    Done run(String script, String answers, String fail) throws IOException, InterruptedException {
        Path here = Files.createTempDirectory(folder, "run");
        Path file = Files.writeString(here.resolve("fix.sh"), script);
        Path typed = Files.writeString(here.resolve("typed"), answers);
        Path calls = Files.createFile(here.resolve("calls"));
        Path output = here.resolve("output");
        ProcessBuilder builder = new ProcessBuilder("/bin/bash", "--norc", "--noprofile", file.toString())
                .directory(here.toFile())
                .redirectErrorStream(true)
                .redirectInput(typed.toFile())
                .redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", programs.toString());
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().put("CALLS", calls.toString());
        builder.environment().put("FAIL", fail);
        Process process = builder.start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("the script did not end: " + script);
        }
        return new Done(process.exitValue(), calls(calls), Files.readString(output), saved(here));
    }

    private static List<List<String>> calls(Path file) throws IOException {
        List<List<String>> calls = new ArrayList<>();
        List<String> call = new ArrayList<>();
        for (String word : Files.readString(file, StandardCharsets.UTF_8).split("\0", -1)) {
            if (word.equals(END)) {
                calls.add(call);
                call = new ArrayList<>();
            } else {
                call.add(word);
            }
        }
        return calls;
    }

    private static List<String> saved(Path here) throws IOException {
        List<String> texts = new ArrayList<>();
        try (Stream<Path> files = Files.walk(here)) {
            for (Path file : files.filter(each -> each.toString().matches(".*/triage502-before-[^/]*/\\d+\\.json"))
                    .sorted()
                    .toList()) {
                texts.add(Files.readString(file));
            }
        }
        return texts;
    }
}
