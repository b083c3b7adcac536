package dev.triage502.remedy.powershell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Reads PowerShell by the grammar of tree-sitter, in one call of Node.js for many scripts. */
public final class PowerShellParser {

    private final Path folder;

    /** @param folder for the files that go to and fro */
    public PowerShellParser(Path folder) {
        this.folder = folder;
    }

    /**
     * What the grammar makes of a script.
     *
     * @param notTaken what is no PowerShell; empty where all of it is
     * @param commands the words of each command as they are written, in the order in which they stand
     */
    public record Parsed(String notTaken, List<List<String>> commands) {}

    /** The scripts, parsed. Skips the test where npm's packages are not installed, except in CI. */
    public List<Parsed> parse(List<String> scripts) throws IOException, InterruptedException {
        Path tools =
                Path.of(Optional.ofNullable(System.getenv("TRIAGE502_TOOLS")).orElse("target/tools"));
        boolean installed = Files.isDirectory(tools.resolve("node_modules/tree-sitter-powershell"));
        assumeTrue(
                installed || "true".equals(System.getenv("CI")),
                "needs tree-sitter-powershell from src/test/tools in " + tools + "; .ci/run installs it");
        JsonArray texts = new JsonArray();
        scripts.forEach(texts::add);
        Path file = Files.createTempFile(folder, "scripts", ".json");
        Path output = Files.createTempFile(folder, "parsed", ".json");
        Path errors = Files.createTempFile(folder, "errors", ".txt");
        Files.writeString(file, texts.toString());
        // The optimising compiler takes 20 s for the grammar, which a few scripts are not worth.
        ProcessBuilder builder = new ProcessBuilder(
                        "node", "--liftoff-only", "src/test/tools/powershell-parse.mjs", file.toString())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        builder.environment().put("TRIAGE502_TOOLS", tools.toAbsolutePath().toString());
        Process node = builder.start();
        assertThat(node.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(node.exitValue()).as(Files.readString(errors)).isZero();
        List<Parsed> parsed = new ArrayList<>();
        JsonParser.parseString(Files.readString(output))
                .getAsJsonArray()
                .forEach(each -> parsed.add(parsed(each.getAsJsonObject())));
        return parsed;
    }

    private static Parsed parsed(JsonObject script) {
        List<List<String>> commands = new ArrayList<>();
        for (JsonElement command : script.getAsJsonArray("commands")) {
            List<String> words = new ArrayList<>();
            command.getAsJsonArray().forEach(word -> words.add(word.getAsString()));
            commands.add(words);
        }
        return new Parsed(script.get("notTaken").getAsString(), commands);
    }
}
