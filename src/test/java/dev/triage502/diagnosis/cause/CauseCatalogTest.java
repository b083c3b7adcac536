package dev.triage502.diagnosis.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.diagnosis.Cause;
import dev.triage502.diagnosis.Conclusion;
import dev.triage502.diagnosis.Situation;
import dev.triage502.diagnosis.Verdict;
import dev.triage502.diagnosis.Verdict.CannotTell;
import dev.triage502.diagnosis.Verdict.Shown;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Source;
import dev.triage502.report.CauseFamily;
import dev.triage502.report.CausePages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every cause has to have and to do, whatever it is about. */
class CauseCatalogTest {

    private static final Path CLASSES = Path.of("src/main/java/dev/triage502/diagnosis/cause");
    private static final Path TESTS = Path.of("src/test/java/dev/triage502/diagnosis/cause");
    private static final Path PAGES = Path.of("src/main/resources/causes");

    static List<Cause> causes() {
        return Causes.IN_ORDER;
    }

    @Test
    void hasAnIdForEach() {
        assertThat(Causes.IN_ORDER).extracting(Cause::id).isNotEmpty().doesNotHaveDuplicates();
    }

    /** By which a channel is chosen. */
    @ParameterizedTest
    @MethodSource("causes")
    void isInAFamily(Cause cause) {
        assertThat(CauseFamily.of(cause.id())).isNotEqualTo(CauseFamily.NOT_FOUND);
    }

    /** A class that is written and not listed would never be asked. */
    @Test
    void listsEveryClassThatIsACause() throws IOException {
        try (Stream<Path> classes = Files.list(CLASSES)) {
            for (Path file : classes.toList()) {
                if (Files.readString(file).contains("implements Cause {")) {
                    String name = file.getFileName().toString().replace(".java", "");
                    assertThat(Causes.IN_ORDER)
                            .as("%s is in Causes.IN_ORDER", name)
                            .extracting(cause -> cause.getClass().getSimpleName())
                            .contains(name);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("causes")
    void carriesOneNameEverywhere(Cause cause) throws IOException {
        String name = className(cause.id());

        assertThat(cause.getClass().getSimpleName()).isEqualTo(name);
        assertThat(TESTS.resolve(name + "Test.java")).exists();
        assertThat(PAGES.resolve(cause.id() + ".md")).exists();
        assertThat(Files.readString(CLASSES.resolve(name + ".java")))
                .as("the id is a literal in the class, so that a search for it lands there")
                .contains("return \"" + cause.id() + "\";");
    }

    @Test
    void thereIsAPageForEachCauseAndConclusionAndForNothingElse() throws IOException {
        Set<String> ids = new TreeSet<>();
        Causes.IN_ORDER.forEach(each -> ids.add(each.id() + ".md"));
        Stream.of(Conclusion.values()).forEach(each -> ids.add(each.id() + ".md"));

        try (Stream<Path> pages = Files.list(PAGES)) {
            Set<String> found = new TreeSet<>(
                    pages.map(each -> each.getFileName().toString()).toList());
            assertThat(found).isEqualTo(ids);
        }
    }

    @ParameterizedTest
    @MethodSource("causes")
    void asksAboutNothingAndSaysSo(Cause cause) throws IOException {
        Verdict verdict = cause.judge(new Situation(Scene.unread().evidence()));

        assertThat(verdict).isInstanceOf(CannotTell.class);
        Set<String> missing = new TreeSet<>();
        for (CouldNotRead<?> unread : ((CannotTell) verdict).missing()) {
            missing.add(unread.source().id());
        }
        assertThat(missing)
                .as("the sources that the page of " + cause.id() + " lists under How we tell")
                .isEqualTo(sourcesOnPage(cause.id()));
    }

    @ParameterizedTest
    @MethodSource("causes")
    void isQuietOnAHealthyGateway(Cause cause) {
        assertThat(cause.judge(new Situation(healthy()))).isNotInstanceOf(Shown.class);
    }

    @ParameterizedTest
    @MethodSource("causes")
    void explainsAndBringsAboutOnlyWhatExists(Cause cause) {
        List<String> ids = Causes.IN_ORDER.stream().map(Cause::id).toList();

        assertThat(ids).containsAll(cause.explains()).containsAll(cause.bringsAbout());
        assertThat(cause.explains()).doesNotContain(cause.id());
    }

    @ParameterizedTest
    @MethodSource("causes")
    void fitsAScreen(Cause cause) throws IOException {
        assertThat(Files.readAllLines(CLASSES.resolve(className(cause.id()) + ".java")))
                .as("lines of " + className(cause.id()))
                .hasSizeLessThanOrEqualTo(120);
    }

    @ParameterizedTest
    @MethodSource("causes")
    void itsPageIsReadAsAPage(Cause cause) {
        assertThat(CausePages.bundled().page(cause.id()).title()).isNotBlank();
    }

    private static Evidence healthy() {
        return Scene.web()
                .webHealth("Healthy", "Success. Received 200 status code")
                .served(30, 500, "10.0.2.4")
                .served(5, 500, "10.0.2.5")
                .quietActivityLog()
                .metric("ResponseStatus", "total", List.of("httpstatusgroup=2xx"), 100, 110, 105, 98, 101)
                .metric("CapacityUnits", "average", List.of(), 3, 3, 4, 3, 3)
                .metric("BackendFirstByteResponseTime", "average", List.of("backendpool=pool-web"), 40, 44, 39, 41, 40)
                .resourceHealth("{'availabilityState':'Available','summary':'There are no known problems'}")
                .document(
                        Source.NETWORK,
                        "{'virtualNetworks':[{'name':'vnet-shop','id':'" + Scene.VNET + "','properties':{"
                                + "'addressSpace':{'addressPrefixes':['10.0.0.0/16']},'subnets':["
                                + "{'name':'snet-agw','id':'" + Scene.VNET
                                + "/subnets/snet-agw','properties':{'addressPrefix':'10.0.1.0/24'}},"
                                + "{'name':'snet-web','id':'" + Scene.VNET
                                + "/subnets/snet-web','properties':{'addressPrefix':'10.0.2.0/24'}}],"
                                + "'virtualNetworkPeerings':[]}}],'networkSecurityGroups':[],'routeTables':[],"
                                + "'privateDnsZones':[],'networkInterfaces':[]}")
                .document(Source.BACKENDS, "{'virtualMachines':[]}")
                .document(Source.DIRECT_PROBE, "[]")
                .document(Source.ON_DEMAND_HEALTH, "[]")
                .evidence();
    }

    /** {@code backend-pool-empty} is {@code BackendPoolEmpty}. */
    private static String className(String id) {
        StringBuilder name = new StringBuilder();
        for (String part : id.split("-")) {
            name.append(part.substring(0, 1).toUpperCase(Locale.ROOT)).append(part.substring(1));
        }
        return name.toString();
    }

    /** The first column of the table under How we tell, in back quotes or not. */
    private static Set<String> sourcesOnPage(String id) throws IOException {
        String page = Files.readString(PAGES.resolve(id + ".md"));
        String part = page.substring(page.indexOf("## How we tell"), page.indexOf("## What to do"));
        Set<String> sources = new TreeSet<>();
        Matcher rows = Pattern.compile("(?m)^\\|\\s*`?([A-Za-z]+)`?\\s*\\|").matcher(part);
        while (rows.find()) {
            Source.withId(rows.group(1)).ifPresent(each -> sources.add(each.id()));
        }
        return sources;
    }
}
