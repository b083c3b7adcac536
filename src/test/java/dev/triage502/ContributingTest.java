package dev.triage502;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.deliver.ChannelType;
import dev.triage502.deliver.Channels;
import dev.triage502.diagnosis.Cause;
import dev.triage502.diagnosis.cause.Causes;
import dev.triage502.evidence.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The files that {@code CONTRIBUTING.md} says to touch are the files of what is there, and there are no others. */
class ContributingTest {

    private static final Path MAIN = Path.of("src/main/java");
    private static final Map<Path, String> SOURCES = sources();

    static List<Cause> causes() {
        return Causes.IN_ORDER;
    }

    static List<ChannelType> channels() {
        return Channels.ALL;
    }

    @ParameterizedTest
    @MethodSource("causes")
    void theFilesOfACauseAreThere(Cause cause) throws IOException {
        assertThat(files("cause", Map.of("{Class}", className(cause.id()), "{id}", cause.id())))
                .allSatisfy(file -> assertThat(file).exists());
    }

    /** One cause may name another by its id; what is made of all of them may not know one. */
    @ParameterizedTest
    @MethodSource("causes")
    void noOtherClassKnowsACause(Cause cause) throws IOException {
        List<Path> others = naming(className(cause.id()));
        others.removeAll(files("cause", Map.of("{Class}", className(cause.id()), "{id}", cause.id())));

        assertThat(others)
                .as("files that name the class %s", className(cause.id()))
                .allMatch(file -> file.startsWith(MAIN.resolve("dev/triage502/diagnosis/cause")));
    }

    @ParameterizedTest
    @MethodSource("channels")
    void theFilesOfAChannelAreThereAndNoOtherNamesItsClassOrItsSettings(ChannelType type) throws IOException {
        List<Path> known = files("channel", Map.of("{Class}", className(type.name())));
        assertThat(known).allSatisfy(file -> assertThat(file).exists());

        List<Path> others = naming(className(type.name()) + "Channel");
        others.removeAll(known);
        assertThat(others).isEmpty();
        for (var setting : type.needed()) {
            List<Path> naming = naming(type.variable(setting));
            naming.removeAll(known);
            // The demo sets it for a receiver of its own.
            naming.remove(MAIN.resolve("dev/triage502/cli/DemoRun.java"));
            assertThat(naming).as("files that name %s", type.variable(setting)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Source.class)
    void theFilesOfASourceAreThereAndNameIt(Source source) throws IOException {
        String facts = source.facts().getSimpleName();
        List<Path> known = files("source", Map.of("{Facts}", facts));

        assertThat(known).allSatisfy(file -> assertThat(file).exists());
        for (Path file : known) {
            if (!file.endsWith(facts + ".java")) {
                assertThat(Files.readString(file)).contains(source.name());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Source.class)
    void noOtherFileNamesTheSettingOfASource(Source source) throws IOException {
        for (Source.Switch each : source.operatorSwitch().stream().toList()) {
            assertThat(naming(each.setting())).containsExactly(MAIN.resolve("dev/triage502/evidence/Source.java"));
        }
    }

    @Test
    void nowhereIsItWrittenHowManyCausesThereAre() throws IOException {
        Pattern count = Pattern.compile("(?i)\\b" + Causes.IN_ORDER.size() + " causes\\b|thirty-?one");
        List<Path> counting = new ArrayList<>();
        for (Path root :
                List.of(MAIN, Path.of("README.md"), Path.of("docs/architecture.md"), Path.of("CONTRIBUTING.md"))) {
            if (Files.exists(root)) {
                try (Stream<Path> all = Files.walk(root)) {
                    for (Path file : all.filter(Files::isRegularFile).toList()) {
                        if (count.matcher(Files.readString(file)).find()) {
                            counting.add(file);
                        }
                    }
                }
            }
        }

        assertThat(counting).isEmpty();
    }

    private static List<Path> files(String of, Map<String, String> names) throws IOException {
        String text = Files.readString(Path.of("CONTRIBUTING.md"));
        int from = text.indexOf("<!-- files of a " + of + " -->");
        assertThat(from).as("the list of files of a " + of).isNotNegative();
        List<Path> files = new ArrayList<>();
        for (String line :
                text.substring(from, text.indexOf("<!-- end -->", from)).lines().toList()) {
            if (line.startsWith("- `")) {
                String file = line.substring(3, line.indexOf('`', 3));
                for (Map.Entry<String, String> name : names.entrySet()) {
                    file = file.replace(name.getKey(), name.getValue());
                }
                files.add(Path.of(file));
            }
        }
        return files;
    }

    /** The files in which a word stands. */
    private static List<Path> naming(String word) {
        Pattern name = Pattern.compile("\\b" + Pattern.quote(word) + "\\b");
        return SOURCES.entrySet().stream()
                .filter(each -> each.getValue().contains(word)
                        && name.matcher(each.getValue()).find())
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** The text of each file of the program; every cause is looked for in all of them. */
    private static Map<Path, String> sources() {
        Map<Path, String> texts = new TreeMap<>();
        try (Stream<Path> all = Files.walk(MAIN)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                texts.put(file, Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }

    /** {@code backend-pool-empty} is {@code BackendPoolEmpty}. */
    private static String className(String id) {
        StringBuilder name = new StringBuilder();
        for (String part : id.split("-")) {
            name.append(part.substring(0, 1).toUpperCase(Locale.ROOT)).append(part.substring(1));
        }
        return name.toString();
    }
}
