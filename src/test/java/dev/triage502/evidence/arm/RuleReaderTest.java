package dev.triage502.evidence.arm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.Gateway.Rule;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleReaderTest {

    private static List<Rule> read(String properties) {
        return RuleReader.read(ArmObject.document(Json.of("{'properties':{" + properties + "}}")), new Losses());
    }

    @Test
    void aPathMapIsFoundInAnyCaseAndItsDefaultComesLast() {
        assertThat(read("'urlPathMaps':[{'name':'Map','properties':{'defaultBackendAddressPool':{'id':'/x/rest'},"
                        + "'pathRules':[{'properties':{'paths':['/api/*'],'backendAddressPool':{'id':'/x/api'}}}]}}],"
                        + "'requestRoutingRules':[{'name':'r','properties':{'urlPathMap':{'id':'/x/MAP'}}}]"))
                .extracting(Rule::pool)
                .containsExactly("api", "rest");
    }

    @Test
    void rulesAreTriedByTheirPriority() {
        assertThat(read("'requestRoutingRules':[{'name':'late','properties':{'priority':20}},"
                        + "{'name':'never-said','properties':{}},{'name':'early','properties':{'priority':10}}]"))
                .extracting(Rule::name)
                .containsExactly("early", "late", "never-said");
    }

    @Test
    void aRedirectLeadsToNoPool() {
        assertThat(read("'requestRoutingRules':[{'name':'r','properties':{'redirectConfiguration':{'id':'/x/y'}}}]"))
                .singleElement()
                .satisfies(rule -> assertThat(rule.routes()).isFalse());
    }
}
