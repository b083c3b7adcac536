package dev.triage502.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.DeployedCode.Sign;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A change by hand is lost with the next deployment: who deploys the gateway is told from who once touched it. */
class DeployedCodeTest {

    private static final String WRITE = "Microsoft.Network/applicationGateways/write";
    private static final String DEPLOYMENT = Scene.GROUP + "/providers/Microsoft.Resources/deployments/main";

    @ParameterizedTest
    @CsvSource({
        "azd-env-name, prod, azd environment prod",
        "managed-by, Terraform, Terraform",
        "pulumi:project, edge, Pulumi",
        "source, infra/main.bicep, Bicep",
        "owner, platform, ''",
        "product, terraforming-kit, ''",
    })
    void aTagNamesTheTool(String key, String value, String name) {
        Optional<DeployedCode> found =
                DeployedCode.of(Scene.web().tag(key, value).evidence());

        assertThat(found.map(DeployedCode::name).orElse("")).isEqualTo(name);
        assertThat(found.map(DeployedCode::sign).orElse(Sign.TAG)).isEqualTo(Sign.TAG);
    }

    @Test
    void aWriteThatCameWithADeploymentIsADeployments() {
        Scene scene = Scene.web()
                .activity(40, "Microsoft.Resources/deployments/write", DEPLOYMENT, "ops@example.com", "Succeeded")
                .activity(35, WRITE, Scene.GATEWAY, "ops@example.com", "Succeeded");

        assertThat(DeployedCode.of(scene.evidence()))
                .hasValue(new DeployedCode(Sign.DEPLOYMENT, "the deployments of ops@example.com"));
        assertThat(DeployedCode.of(scene.activity(3, WRITE, Scene.GATEWAY, "jo@example.com", "Succeeded")
                        .evidence()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "sp-release, Succeeded, sp-release",
        "2d3f7d1a-7f0c-4f0e-8d7a-0a4c1f6b9e11, Succeeded, application 2d3f7d1a-7f0c-4f0e-8d7a-0a4c1f6b9e11",
        "pipeline@example.com, Succeeded, pipeline@example.com",
        "jo@example.com, Succeeded, ''",
        "Azure Policy, Succeeded, ''",
        "sp-release, Failed, ''",
        "ingressapplicationgateway-aks-1, Succeeded, ''",
    })
    void anApplicationThatWritesTheGatewayDeploysIt(String caller, String status, String name) {
        Scene scene = Scene.web().activity(9, WRITE, Scene.GATEWAY, caller, status);

        assertThat(DeployedCode.of(scene.evidence()).map(DeployedCode::name).orElse(""))
                .isEqualTo(name);
    }

    @Test
    void whatWasNotReadShowsNothing() {
        assertThat(DeployedCode.of(Scene.unread().evidence())).isEmpty();
    }
}
