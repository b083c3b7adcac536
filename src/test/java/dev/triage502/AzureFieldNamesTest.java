package dev.triage502;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Azure's field names stand in {@code evidence.arm} and nowhere else: when Azure renames one, there is one place to look.
 * What counts as a field name is what {@code evidence.arm} reads, so the list needs no care.
 */
class AzureFieldNamesTest {

    private static final Path MAIN = Path.of("src/main/java/dev/triage502");
    private static final Path ARM = MAIN.resolve("evidence/arm");

    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|(?m)^\\s*//.*?$", Pattern.DOTALL);

    /** The name of a record's part, for the message when it is missing. */
    private static final Pattern PART = Pattern.compile("requireNonNull\\((\\w+), \"\\1\"\\)");

    private static final Pattern LITERAL = Pattern.compile("\"([A-Za-z]+(?:\\.[A-Za-z]+)*)\"");
    private static final Pattern PUBLISHED = Pattern.compile("public static final String \\w+ = \"(\\w+)\"");

    /** A name of several words; one of one word may be anything. */
    private static final Pattern FIELD = Pattern.compile("[a-z]+[A-Z][A-Za-z]*");

    /** A field of a JSON object that is asked for by its name. */
    private static final Pattern ASKED = Pattern.compile("\\.(?:get|has|remove|getAsJson\\w+)\\(\"\\w+\"\\)");

    /** Packages that read or write other documents than resources, and have their names there. */
    private static final Map<String, String> OTHER_DOCUMENTS = Map.of(
            "local", "answers as Azure does",
            "incident", "reads alerts, which have formats of their own",
            "azure", "reads the envelopes of Azure's APIs: pages, errors, tables of a log query",
            "collect/probe", "writes the document of direct probes, which is ours");

    /** Classes of {@code collect} that ask JSON objects for fields by name, each with the reason. */
    private static final Map<String, String> EXEMPT = Map.of(
            "CompositeDocument", "the refusals that we put in the place of parts are ours",
            "CaseFile", "case.json is ours",
            "RedactionRules", "hides values by the names of their fields, whatever document they are in");

    /** Classes that write az options such as {@code --remove hostName}, which name a field by its path. */
    private static final Set<String> OPTIONS_OF_AZ = Set.of(
            "diagnosis/BackendSettingValues.java", "diagnosis/CapacityValues.java", "diagnosis/NetworkFixValues.java");

    /** Names that are no field: of ours that Azure has too, of parts of ours, and of a type in a resource's id. */
    private static final Set<String> OURS = Set.of("routeTable", "servedBefore", "virtualMachineScaleSets");

    @Test
    void noOtherPackageNamesAFieldOfAzures() {
        Set<String> fields = fields();
        assertThat(fields).contains("provisioningState", "backendAddressPool").doesNotContain("virtualNetworks");
        List<String> found = new ArrayList<>();
        for (Path file : sources(MAIN)) {
            boolean writesOptions = OPTIONS_OF_AZ.contains(MAIN.relativize(file).toString());
            if (!file.startsWith(ARM)
                    && !writesOptions
                    && OTHER_DOCUMENTS.keySet().stream().noneMatch(each -> isIn(each, file))) {
                literals(text(file))
                        .filter(literal -> Stream.of(literal.split("\\.")).anyMatch(fields::contains))
                        .forEach(literal -> found.add(MAIN.relativize(file) + ": " + literal));
            }
        }
        assertThat(found).as("a reader in evidence.arm should know these").isEmpty();
    }

    @Test
    void collectorsAskNoJsonObjectForAFieldByItsName() {
        List<String> found = new ArrayList<>();
        for (Path file : sources(MAIN.resolve("collect"))) {
            String name = file.getFileName().toString().replace(".java", "");
            if (!EXEMPT.containsKey(name) && !isIn("collect/probe", file)) {
                String text = text(file);
                if (text.contains("import com.google.gson.JsonObject")) {
                    ASKED.matcher(text).results().map(MatchResult::group).forEach(each -> found.add(name + each));
                }
            }
        }
        assertThat(found).as("a reader in evidence.arm should ask for these").isEmpty();
    }

    @Test
    void everyExemptionIsNeeded() {
        for (String name : EXEMPT.keySet()) {
            assertThat(text(MAIN.resolve("collect/" + name + ".java"))).as(name).containsPattern(ASKED);
        }
    }

    /** What is read in {@code evidence.arm}, without the names of lists that it publishes for others. */
    private static Set<String> fields() {
        Set<String> fields = new TreeSet<>();
        Set<String> published = new TreeSet<>(OURS);
        for (Path file : sources(ARM)) {
            String text = text(file);
            literals(text)
                    .flatMap(literal -> Stream.of(literal.split("\\.")))
                    .filter(name -> FIELD.matcher(name).matches())
                    .forEach(fields::add);
            PUBLISHED.matcher(text).results().map(found -> found.group(1)).forEach(published::add);
        }
        fields.removeAll(published);
        return fields;
    }

    private static Stream<String> literals(String text) {
        return LITERAL.matcher(text).results().map(found -> found.group(1));
    }

    private static boolean isIn(String folder, Path file) {
        return file.startsWith(MAIN.resolve(folder));
    }

    private static List<Path> sources(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            String text = COMMENT.matcher(Files.readString(file)).replaceAll("");
            return PART.matcher(text).replaceAll("");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
