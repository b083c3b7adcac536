package dev.triage502;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * Which package may use which, and what the pure ones never touch.
 *
 * <p>{@link #LAYERS} is the whole truth: an arrow that is missing here fails, and so does one that nobody uses. The
 * table in {@code docs/architecture.md} is printed from it; {@code -Ddocs.update} writes it there.
 */
@TestInstance(Lifecycle.PER_CLASS)
class ArchitectureTest {

    private static final String ROOT = "dev.triage502.";
    private static final Path PAGE = Path.of("docs", "architecture.md");
    private static final String BEGIN = "<!-- packages: begin -->\n";
    private static final String END = "<!-- packages: end -->\n";

    /** A package, what it answers, and the packages of ours that it uses. */
    private record Layer(String name, String answers, String uses) {
        Set<String> used() {
            return uses.isEmpty() ? Set.of() : new TreeSet<>(Set.of(uses.split(" ")));
        }
    }

    private static final List<Layer> LAYERS = List.of(
            new Layer(
                    "redaction", "what must not leave in a text: secrets, and characters that hide or forge text", ""),
            new Layer("json", "what stands at a name in a JSON tree, where anything may be missing", ""),
            new Layer(
                    "incident",
                    "which gateway and which window are in question? Alerts, resource IDs, portal addresses, durations",
                    ""),
            new Layer(
                    "evidence",
                    "what are the facts? Records, each in a `Reading`; targets, findings, addresses",
                    "incident"),
            new Layer(
                    "evidence.arm",
                    "what do Azure's documents say? The only package that knows Azure's field names and wording",
                    "evidence incident json"),
            new Layer(
                    "evidence.arm.form",
                    "which form does a document of Azure's have? az, PowerShell, exports, templates," + " Terraform",
                    "evidence evidence.arm incident"),
            new Layer(
                    "reachability",
                    "does the gateway reach each server, and what stops it? The result and its terms",
                    "evidence"),
            new Layer(
                    "reachability.address",
                    "where does an address lie: subnets, peerings, longest prefix",
                    "evidence incident"),
            new Layer(
                    "reachability.change",
                    "what was started, stopped or written around it, and when?",
                    "evidence incident"),
            new Layer(
                    "reachability.server",
                    "which servers are in use, and what did requests and direct probes show of each? `Observations`",
                    "evidence incident reachability.change"),
            new Layer(
                    "reachability.member",
                    "what is behind an address: interface, instance, load balancer, private endpoint, and its power"
                            + " state",
                    "evidence incident reachability reachability.address reachability.change reachability.server"),
            new Layer(
                    "reachability.name",
                    "what does a name resolve to for the gateway, and to which endpoints does that lead?",
                    "evidence incident reachability.address reachability.member reachability.server"),
            new Layer(
                    "reachability.route",
                    "which route wins, and does traffic get there and back?",
                    "evidence incident reachability reachability.address reachability.change reachability.member"
                            + " reachability.name"),
            new Layer(
                    "reachability.nsg",
                    "which NSG rule decides for an address and a port?",
                    "evidence incident reachability.address reachability.member reachability.name"),
            new Layer(
                    "reachability.check",
                    "one check per step of the path, in the order of the vocabulary, and the decision for each server;"
                            + " `Topology`",
                    "evidence incident reachability reachability.address reachability.change reachability.member"
                            + " reachability.name reachability.nsg reachability.route reachability.server"),
            new Layer(
                    "analysis.gateway",
                    "what happened to the gateway itself: updates, capacity, platform events?",
                    "evidence incident"),
            new Layer(
                    "analysis.traffic",
                    "which requests failed, how, when, and what do they have in common?",
                    "analysis.gateway evidence incident"),
            new Layer(
                    "analysis.probe",
                    "why does a probe fail, and what do other witnesses show of the same server?",
                    "analysis.gateway analysis.traffic evidence incident"),
            new Layer(
                    "analysis.tls",
                    "what is wrong with a server's TLS?",
                    "analysis.probe analysis.traffic evidence incident"),
            new Layer(
                    "diagnosis",
                    "which cause is the root? `Situation`, `Sign`, `Verdict`, `Ranking`, conclusions",
                    "analysis.probe analysis.tls analysis.traffic evidence incident reachability reachability.check"),
            new Layer(
                    "diagnosis.cause",
                    "the causes, one class each, and `Causes.IN_ORDER`",
                    "analysis.gateway analysis.probe analysis.tls analysis.traffic diagnosis evidence incident"
                            + " reachability"),
            new Layer("report.shell", "how is a command written so that a shell takes every value whole?", "redaction"),
            new Layer(
                    "report",
                    "how is it reported? The diagnosis document and its schema, the cause pages, text and Markdown",
                    "diagnosis evidence incident json redaction report.shell"),
            new Layer(
                    "report.message",
                    "what does every message say of an incident? The state, who is hit, the first fix, the reasons",
                    "json report"),
            new Layer("report.html", "how does one incident look as a page?", "evidence json report report.shell"),
            new Layer("report.html.template", "the page's templates, compiled in the build", "report.html"),
            new Layer(
                    "triage",
                    "documents in, report out: the pure core as one step",
                    "diagnosis diagnosis.cause evidence evidence.arm incident report"),
            new Layer(
                    "ledger",
                    "what do an alert, an investigation and the passing of time mean for an incident? Its life, as a"
                            + " table of transitions",
                    "incident json report"),
            new Layer(
                    "azure",
                    "how is Azure called? One HTTP pipeline; endpoints, API versions and the role action of each call",
                    "evidence incident json redaction"),
            new Layer(
                    "collect",
                    "what does Azure say about an incident? One collector per source, case folders, redaction",
                    "azure collect.file collect.probe evidence evidence.arm evidence.arm.form incident redaction"),
            new Layer(
                    "collect.file",
                    "what JSON does a file hold, from any tool? Encodings, records, CSV; within bounds",
                    "azure"),
            new Layer("collect.probe", "what do the backends answer directly?", "azure evidence incident"),
            new Layer("link", "what does a link to one incident allow, and was it made here? Signed tokens", ""),
            new Layer("store", "where are the ledger, reports and queues kept?", "incident json ledger report"),
            new Layer("deliver.slack", "how does an incident look in Slack?", "redaction report report.message"),
            new Layer("deliver.teams", "how does an incident look in Teams?", "report report.message"),
            new Layer(
                    "deliver.ticket",
                    "what does a ticket about an incident say, in any ticket system?",
                    "json redaction report report.message"),
            new Layer(
                    "deliver.email",
                    "how does an incident look as a mail?",
                    "deliver.ticket redaction report report.message"),
            new Layer(
                    "deliver",
                    "how does a message reach a channel? One class per channel, and the contract that each keeps",
                    "azure deliver.email deliver.slack deliver.teams deliver.ticket json ledger report report.message"),
            new Layer(
                    "deliver.route",
                    "which channel gets which message, and when? Filters, quiet hours, fallbacks",
                    "deliver evidence incident json ledger report"),
            new Layer(
                    "function",
                    "the function app: triggers, settings, wiring",
                    "azure collect deliver deliver.route evidence evidence.arm incident json ledger link redaction"
                            + " report report.html report.shell store triage"),
            new Layer(
                    "local",
                    "the app and a pretend Azure on this machine",
                    "collect evidence evidence.arm function incident json redaction store"),
            new Layer(
                    "evaluate",
                    "how often is the diagnosis right on cases with a known cause?",
                    "collect evidence evidence.arm incident report triage"),
            new Layer(
                    "cli",
                    "one class per command",
                    "azure collect deliver evaluate evidence evidence.arm function incident json local redaction"
                            + " report report.html report.shell store triage"));

    private static final String[] PURE = {
        ROOT + "incident..",
        ROOT + "evidence..",
        ROOT + "reachability..",
        ROOT + "analysis..",
        ROOT + "diagnosis..",
        ROOT + "report..",
        ROOT + "triage..",
        ROOT + "ledger..",
        ROOT + "link.."
    };

    private final JavaClasses classes =
            new ClassFileImporter().withImportOption(ArchitectureTest::isMain).importPackages("dev.triage502");

    /** Not by ArchUnit's own rule, which knows only the folders of Maven. */
    private static boolean isMain(Location location) {
        return !location.contains("test-classes") && !location.contains("generated-test");
    }

    @Test
    void packagesUseExactlyWhatTheTableSays() {
        Map<String, Set<String>> said = new TreeMap<>();
        LAYERS.forEach(layer -> said.put(layer.name(), layer.used()));

        assertThat(lines(used())).isEqualTo(lines(said));
    }

    /** Also between a package and its own sub-packages. */
    @Test
    void noTwoPackagesUseEachOther() {
        Map<String, Set<String>> used = used();
        List<String> circles = new ArrayList<>();
        used.keySet()
                .forEach(each ->
                        reached(used, each).stream().filter(each::equals).forEach(same -> circles.add(same)));

        assertThat(circles).as("packages that use themselves through others").isEmpty();
    }

    @Test
    void theDocumentedTableIsThisOne() throws IOException {
        String page = Files.readString(PAGE, StandardCharsets.UTF_8);
        int from = page.indexOf(BEGIN) + BEGIN.length();
        String whole = page.substring(0, from) + table() + page.substring(page.indexOf(END));
        if (System.getProperty("docs.update") != null) {
            Files.writeString(PAGE, whole, StandardCharsets.UTF_8);
        }

        assertThat(page)
                .as("the table of packages in " + PAGE + "; run this test with -Ddocs.update to write it")
                .isEqualTo(whole);
    }

    /** Azure's field names are read in one package; what is inferred from facts knows nothing of them. */
    @Test
    void onlyReadersKnowAzuresDocuments() {
        of(ROOT + "evidence", ROOT + "reachability..", ROOT + "analysis..", ROOT + "diagnosis..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + "evidence.arm..", "com.google.gson..")
                .check(classes);
    }

    /** A cause or an analysis may be what the investigation failed of. */
    @Test
    void whatIsSentWhenAnIncidentIsGivenUpDependsOnNoCauseAndNoAnalysis() {
        noClasses()
                .that()
                .haveSimpleName("TriageGivenUpFunction")
                .or()
                .haveSimpleName("GivenUpReport")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        ROOT + "diagnosis.cause..",
                        ROOT + "evidence.arm..",
                        ROOT + "reachability..",
                        ROOT + "analysis..")
                .orShould()
                .dependOnClassesThat()
                .haveSimpleName("DiagnosisService")
                .orShould()
                .dependOnClassesThat()
                .haveSimpleName("Triage")
                .check(classes);
    }

    /** Texts may be decoded as in a URL; nothing may be opened, asked or waited for. */
    @Test
    void thePureCoreTouchesNoFileSocketOrService() {
        List<String> values = List.of("java.net.URI", "java.net.URLDecoder", "java.net.URISyntaxException");
        DescribedPredicate<JavaClass> outside = DescribedPredicate.describe(
                "files, sockets or services",
                each -> !values.contains(each.getName())
                        && Stream.of("java.nio.file", "java.net", "javax.net", "com.azure", "com.microsoft")
                                .anyMatch(each.getPackageName()::startsWith));

        of(PURE).should().dependOnClassesThat(outside).check(classes);
    }

    @Test
    void thePureCoreHasNoClock() {
        DescribedPredicate<JavaMethodCall> clock = DescribedPredicate.describe(
                "a clock",
                call -> (call.getName().equals("now")
                                && call.getTargetOwner().getPackageName().equals("java.time"))
                        || call.getName().equals("currentTimeMillis")
                        || call.getName().equals("nanoTime"));

        of(PURE).should().callMethodWhere(clock).check(classes);
    }

    /** Else the order in which the parts are made becomes a riddle. */
    @Test
    void aReachabilityCheckTakesTheTopologyTheObservationsAndAtMostTwoMore() {
        List<JavaClass> checks = classes.stream()
                .filter(each -> each.getPackageName().equals(ROOT + "reachability.check")
                        && each.isTopLevelClass()
                        && each.getSimpleName().endsWith("Check"))
                .toList();

        assertThat(checks)
                .isNotEmpty()
                .allSatisfy(check -> assertThat(check.getConstructors())
                        .allSatisfy(made -> assertThat(made.getRawParameterTypes())
                                .filteredOn(part -> !part.getSimpleName().equals("Topology")
                                        && !part.getSimpleName().equals("Observations"))
                                .as(made.getFullName())
                                .hasSizeLessThanOrEqualTo(2)));
    }

    @Test
    void onlyTheCommandLinePrintsToTheTerminal() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "cli..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(classes);
    }

    /** A name that stands for two things makes a reader open both. */
    @Test
    void noTwoTypesShareASimpleName() {
        Map<String, Set<String>> byName = new TreeMap<>();
        classes.stream()
                .filter(each -> each.isTopLevelClass() && !each.getSimpleName().equals("package-info"))
                .forEach(each -> byName.computeIfAbsent(each.getSimpleName(), name -> new TreeSet<>())
                        .add(each.getName()));
        byName.values().removeIf(each -> each.size() == 1);

        assertThat(byName).isEmpty();
    }

    private Map<String, Set<String>> used() {
        Map<String, Set<String>> used = new TreeMap<>();
        classes.stream().filter(each -> isOurs(each)).forEach(each -> {
            Set<String> others = used.computeIfAbsent(shortName(each), name -> new TreeSet<>());
            each.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                    .filter(ArchitectureTest::isOurs)
                    .map(ArchitectureTest::shortName)
                    .forEach(others::add);
            others.remove(shortName(each));
        });
        return used;
    }

    private static Set<String> reached(Map<String, Set<String>> used, String from) {
        Set<String> all = new TreeSet<>();
        List<String> open = new ArrayList<>(used.getOrDefault(from, Set.of()));
        while (!open.isEmpty()) {
            String next = open.remove(open.size() - 1);
            if (all.add(next)) {
                open.addAll(used.getOrDefault(next, Set.of()));
            }
        }
        return all;
    }

    private static boolean isOurs(JavaClass type) {
        return type.getPackageName().startsWith(ROOT) && !type.getSimpleName().equals("package-info");
    }

    private static String shortName(JavaClass type) {
        return type.getPackageName().substring(ROOT.length());
    }

    private static String lines(Map<String, Set<String>> used) {
        return used.entrySet().stream()
                .map(each -> each.getKey() + " uses " + String.join(" ", each.getValue()))
                .collect(joining("\n"));
    }

    private static String table() {
        return LAYERS.stream()
                .map(each -> "| `" + each.name() + "` | " + each.answers() + " | "
                        + (each.uses().isEmpty() ? "–" : each.uses().replace(" ", ", ")) + " |\n")
                .collect(joining("", "| package | the question it answers | uses |\n|---|---|---|\n", ""));
    }

    private static GivenClassesConjunction of(String... packages) {
        return noClasses().that().resideInAnyPackage(packages);
    }
}
