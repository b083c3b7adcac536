package dev.triage502.remedy.proof;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs commands in a real bash in which every program is a stub that writes down its arguments and does nothing. */
final class StubbedBash {

    private static final List<String> PROGRAMS = List.of(
            "az",
            "kubectl",
            "curl",
            "openssl",
            "nslookup",
            "dig",
            "grep",
            "touch",
            "nc",
            "ssh",
            "sudo",
            "ss",
            "jq",
            "head");
    private static final String END = "zz-end-of-call";

    /**
     * What one text did.
     *
     * @param calls  each program that was called with its arguments; sorted, for the two ends of a pipe start at once
     * @param errors what bash itself complained about
     */
    record Ran(List<List<String>> calls, String errors) {}

    private final Path folder;
    private final Path programs;

    StubbedBash(Path folder) throws IOException {
        this.folder = folder;
        this.programs = Files.createDirectories(folder.resolve("programs"));
        for (String program : PROGRAMS) {
            Path stub = programs.resolve(program);
            Files.writeString(
                    stub,
                    "#!/bin/bash\nprintf '%s\\0' '" + program + "' \"$@\" '" + END
                            + "' >> \"$CALLS\"\nprintf 'printed'\n");
            if (!stub.toFile().setExecutable(true)) {
                throw new IOException("cannot make " + stub + " executable");
            }
        }
        Files.writeString(
                folder.resolve("all.sh"),
                "for f in \"$1\"/*.text; do CALLS=\"$f.calls\" /bin/bash --norc --noprofile \"$f\" </dev/null"
                        + " >/dev/null 2>\"$f.errors\"; done\n");
    }

    /** Runs each text in a bash of its own. */
    List<Ran> run(List<String> texts) throws IOException, InterruptedException {
        Path here = Files.createTempDirectory(folder, "run");
        for (int i = 0; i < texts.size(); i++) {
            Files.writeString(here.resolve(String.format("%04d.text", i)), texts.get(i));
        }
        ProcessBuilder builder = new ProcessBuilder(
                        "/bin/bash",
                        "--norc",
                        "--noprofile",
                        folder.resolve("all.sh").toString(),
                        here.toString())
                .directory(here.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", programs.toString());
        builder.environment().put("HOME", here.toString());
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.inheritIO().start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("bash did not end");
        }
        List<Ran> all = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            Path file = here.resolve(String.format("%04d.text", i));
            String errors = Files.readString(Path.of(file + ".errors")).replace(file + ": ", "");
            all.add(new Ran(calls(Path.of(file + ".calls")), errors));
        }
        return all;
    }

    /** What appeared in a run's folder besides what belongs there. */
    List<String> leftOver() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(each -> each.getFileName().toString())
                    .filter(name ->
                            !name.matches("\\d{4}\\.text(?:\\.calls|\\.errors)?|all\\.sh") && !PROGRAMS.contains(name))
                    .toList();
        }
    }

    private static List<List<String>> calls(Path file) throws IOException {
        List<List<String>> calls = new ArrayList<>();
        if (!Files.exists(file)) {
            return calls;
        }
        List<String> call = new ArrayList<>();
        for (String word : Files.readString(file, StandardCharsets.UTF_8).split("\0", -1)) {
            if (word.equals(END)) {
                calls.add(call);
                call = new ArrayList<>();
            } else {
                call.add(word);
            }
        }
        calls.sort(Comparator.comparing(each -> String.join("\0", each)));
        return calls;
    }
}
