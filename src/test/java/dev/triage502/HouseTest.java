package dev.triage502;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The directions of the house: which package may know which, and what the pure ones never touch. */
@TestInstance(Lifecycle.PER_CLASS)
class HouseTest {

    private static final String ROOT = "dev.triage502.";
    private static final String[] PURE = {
        ROOT + "incident..",
        ROOT + "evidence..",
        ROOT + "diagnosis..",
        ROOT + "report..",
        ROOT + "triage..",
        ROOT + "ledger.."
    };

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.triage502");

    /** The second column is everything of ours that the first may know, besides itself. */
    @ParameterizedTest(name = "{0} knows only {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "incident  | ''",
                "evidence  | incident",
                "diagnosis | incident evidence",
                "report    | incident evidence diagnosis",
                "triage    | incident evidence diagnosis report",
                "ledger    | incident diagnosis",
                "azure     | incident evidence",
                "collect   | incident evidence azure",
                "store     | incident evidence diagnosis report ledger azure",
                "deliver   | incident evidence diagnosis report azure",
                "evaluate  | incident evidence diagnosis report triage collect",
                "function  | incident evidence diagnosis report triage ledger azure collect store deliver",
                "local     | incident evidence diagnosis report triage ledger azure collect store deliver function",
            })
    void aPackageKnowsOnly(String name, String known) {
        List<String> allowed = Stream.concat(
                        Stream.of(name.strip()), Stream.of(known.strip().split(" ")))
                .map(each -> ROOT + each)
                .toList();
        DescribedPredicate<JavaClass> forbidden = DescribedPredicate.describe(
                "of ours outside " + allowed,
                each -> each.getPackageName().startsWith(ROOT)
                        && allowed.stream()
                                .noneMatch(one -> each.getPackageName().equals(one)
                                        || each.getPackageName().startsWith(one + ".")));

        of(ROOT + name.strip() + "..")
                .should()
                .dependOnClassesThat(forbidden)
                .allowEmptyShould(true)
                .check(classes);
    }

    @Test
    void factsDoNotKnowAzuresWording() {
        of(ROOT + "evidence", ROOT + "evidence.reach", ROOT + "diagnosis..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + "evidence.arm..", "com.google.gson..")
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
        DescribedPredicate<com.tngtech.archunit.core.domain.JavaMethodCall> clock = DescribedPredicate.describe(
                "a clock",
                call -> (call.getName().equals("now")
                                && call.getTargetOwner().getPackageName().equals("java.time"))
                        || call.getName().equals("currentTimeMillis")
                        || call.getName().equals("nanoTime"));

        of(PURE).should()
                .callMethodWhere(DescribedPredicate.describe("a clock", call -> clock.test(call)))
                .check(classes);
    }

    @Test
    void noPackageGoesInCircles() {
        slices().matching("dev.triage502.(*)..").should().beFreeOfCycles().check(classes);
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

    private static GivenClassesConjunction of(String... packages) {
        return noClasses().that().resideInAnyPackage(packages);
    }
}
