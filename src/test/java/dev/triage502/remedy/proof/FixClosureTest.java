package dev.triage502.remedy.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.collect.CaseFolder;
import dev.triage502.collect.RecordedCase;
import dev.triage502.diagnosis.Diagnosis.NamedCause;
import dev.triage502.diagnosis.Diagnostician;
import dev.triage502.diagnosis.cause.Causes;
import dev.triage502.evidence.arm.EvidenceReader;
import dev.triage502.remedy.azure.AzureInterpreter;
import dev.triage502.remedy.azure.AzureModel;
import dev.triage502.remedy.command.AzCatalogue;
import dev.triage502.remedy.command.AzReader;
import dev.triage502.remedy.proof.FixClosure.Closure;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The judge of the remedies: it tells a right fix from a wrong one, and from one that only hides what it shows. */
class FixClosureTest {

    private static final AzureInterpreter INTERPRETER = new AzureInterpreter(new AzReader(AzCatalogue.read()));

    @ParameterizedTest(name = "{2} in {0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "allow-list-of-instances | az network nsg rule create -g rg-orders --nsg-name nsg-orders -n n"
                        + " --priority 3999 --protocol Tcp --source-address-prefixes 10.8.1.0/24 --destination-port-ranges"
                        + " 443 | CLOSED",
                "allow-list-of-instances | az network nsg rule create -g rg-orders --nsg-name nsg-orders -n n"
                        + " --priority 4095 --protocol Tcp --source-address-prefixes 10.8.1.0/24 --destination-port-ranges"
                        + " 443 | STILL_SHOWN",
                "allow-list-of-instances | az network nsg rule create -g rg-orders --nsg-name nsg-orders -n n"
                        + " --priority 3999 --protocol Tcp --source-address-prefixes 10.8.1.0/24 | STILL_SHOWN",
                "allow-list-of-instances | az network nsg rule create -g rg-orders --nsg-name nsg-orders -n n"
                        + " --priority 3999 --protocol Tcp --source-address-prefixes 10.99.1.0/24"
                        + " --destination-port-ranges 443 | STILL_SHOWN",
            })
    void judges(String incident, String command, Closure expected) {
        assertThat(after(incident, command)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{2} in {0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "ids-in-capitals | probe update -n PROBE --match-status-codes 200-499 | CLOSED",
                "ids-in-capitals | probe update -n PROBE --match-status-codes 200-201 | STILL_SHOWN",
                "ids-in-capitals | probe update -n PROBE --path /some/other/path | OPEN",
                "health-up-down-words | probe update -n PROBE --match-status-codes 200-499 | OPEN",
            })
    void judgesAProbe(String incident, String command, Closure expected) {
        assertThat(after(
                        incident,
                        "az network application-gateway "
                                + command.replaceFirst("-n PROBE", "-g GROUP --gateway-name GATEWAY -n PROBE")))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource("health-up-down-words")
    void aProbeThatIsTakenAwayIsNoFix(String incident) {
        assertThat(after(
                        incident,
                        "az network application-gateway http-settings update -g GROUP --gateway-name GATEWAY"
                                + " -n SETTING --remove probe\n"
                                + "az network application-gateway probe delete -g GROUP --gateway-name GATEWAY -n"
                                + " PROBE"))
                .isEqualTo(Closure.EVIDENCE_GONE);
    }

    private static Closure after(String folder, String command) {
        RecordedCase incident = CaseFolder.read(Path.of("src/test/resources/cases", folder));
        NamedCause root = new Diagnostician(Causes.IN_ORDER)
                .diagnose(incident.incident(), EvidenceReader.read(incident.incident(), incident.documents()))
                .root();
        AzureModel model = AzureModel.of(incident.documents());
        INTERPRETER.run(
                command.replace("GROUP", incident.gateway().resourceGroup())
                        .replace("GATEWAY", incident.gateway().name())
                        .replace("PROBE", root.target().orElseThrow().name())
                        .replace("SETTING", setting(root)),
                model);
        return new FixClosure(incident, root.id(), root.target()).after(model);
    }

    private static String setting(NamedCause root) {
        return root.target()
                .flatMap(each -> each.at(dev.triage502.evidence.Target.Place.SETTING))
                .orElse("");
    }
}
