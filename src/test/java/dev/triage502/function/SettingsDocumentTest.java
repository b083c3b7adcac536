package dev.triage502.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What is written of the settings for people is what the app knows. */
class SettingsDocumentTest {

    private static final Path DOCUMENT = Path.of("docs", "settings.md");
    private static final Path EXAMPLE = Path.of("local.settings.json.example");

    /** Set to {@code true} to have the table written anew rather than compared. */
    private static final String REWRITE = "triage502.rewrite";

    private static final String BEGIN = "<!-- settings: this table is made from the code -->\n";
    private static final String END = "<!-- end of settings -->";

    @Test
    void noNameIsDeclaredTwice() {
        assertThat(DeclaredSetting.all()).extracting(DeclaredSetting::key).doesNotHaveDuplicates();
    }

    @Test
    void theTableHasALineForEachSetting() throws IOException {
        String text = Files.readString(DOCUMENT);
        int from = text.indexOf(BEGIN) + BEGIN.length();
        int to = text.indexOf(END);
        if (Boolean.getBoolean(REWRITE)) {
            Files.writeString(DOCUMENT, text.substring(0, from) + table() + text.substring(to));
            return;
        }

        assertThat(text.substring(from, to))
                .as("%s; ./mvnw test -Dtest=SettingsDocumentTest -D%s=true writes it", DOCUMENT, REWRITE)
                .isEqualTo(table());
    }

    @Test
    void theExampleShowsEachSettingAndIsRight() throws IOException {
        JsonObject values = JsonParser.parseString(Files.readString(EXAMPLE))
                .getAsJsonObject()
                .getAsJsonObject("Values");
        Set<String> known = new TreeSet<>();
        DeclaredSetting.all().forEach(setting -> known.add(setting.key()));
        known.add("FUNCTIONS_WORKER_RUNTIME");
        Map<String, String> environment = new HashMap<>();
        values.entrySet()
                .forEach(value ->
                        environment.put(value.getKey(), value.getValue().getAsString()));

        if (Boolean.getBoolean(REWRITE)) {
            DeclaredSetting.all().stream()
                    .filter(setting -> !values.has(setting.key()))
                    .forEach(setting -> values.addProperty(setting.key(), ""));
            JsonObject whole = new JsonObject();
            whole.addProperty("IsEncrypted", false);
            whole.add("Values", values);
            Files.writeString(
                    EXAMPLE,
                    new GsonBuilder()
                                    .setPrettyPrinting()
                                    .disableHtmlEscaping()
                                    .create()
                                    .toJson(whole) + "\n");
            return;
        }

        assertThat(new TreeSet<>(values.keySet()))
                .as("%s; ./mvnw test -Dtest=SettingsDocumentTest -D%s=true adds what is missing", EXAMPLE, REWRITE)
                .isEqualTo(known);
        assertThat(AppSettings.read(environment).problems()).isEmpty();
    }

    private static String table() {
        StringBuilder table =
                new StringBuilder("| setting | without it | what it is for | for example |\n|---|---|---|---|\n");
        for (DeclaredSetting setting : DeclaredSetting.all()) {
            table.append("| `")
                    .append(setting.key())
                    .append("` | ")
                    .append(setting.otherwise())
                    .append(" | ")
                    .append(setting.meaning())
                    .append(" | `")
                    .append(setting.example())
                    .append("` |\n");
        }
        return table.toString();
    }
}
