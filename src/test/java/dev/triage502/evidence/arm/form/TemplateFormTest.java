package dev.triage502.evidence.arm.form;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A template gives each of its resources with an id, and children where their parent has them. */
class TemplateFormTest {

    private static final String SCHEMA =
            "'$schema':'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',";
    private static final String GROUP = UnknownScope.ID + "/providers/Microsoft.Network/networkSecurityGroups/nsg";

    private static Optional<TakenDocument> take(String fields) {
        return new TemplateForm().take(JsonParser.parseString("{" + SCHEMA + fields + "}"));
    }

    private static JsonObject only(String resources) {
        List<TakenPart> parts = take("'resources':" + resources).orElseThrow().parts();
        assertThat(parts).hasSize(1);
        return parts.get(0).element().getAsJsonObject();
    }

    private static String group(String rules) {
        return "{'type':'Microsoft.Network/networkSecurityGroups','name':'nsg','properties':{" + rules + "}}";
    }

    private static final String RULE = "{'type':'Microsoft.Network/networkSecurityGroups/securityRules',"
            + "'name':'nsg/deny','properties':{'priority':100}}";

    @Test
    void aResourceGetsItsId() {
        assertThat(only("[" + group("'securityRules':[]") + "]").get("id").getAsString())
                .isEqualTo(GROUP);
    }

    @Test
    void aRuleThatStandsApartIsPutIntoItsGroup() {
        JsonObject group = only("[" + group("'securityRules':[]") + "," + RULE + "]");

        assertThat(rules(group)).extracting(each -> AnyCase.text(each, "name")).containsExactly("deny");
        assertThat(rules(group))
                .extracting(each -> AnyCase.text(each, "priority"))
                .containsExactly("100");
        assertThat(rules(only("[" + RULE + "," + group("'x':1") + "]")))
                .as("whichever comes first, and where the group has no list")
                .hasSize(1);
    }

    @Test
    void aRuleThatStandsInBothPlacesIsThereOnce() {
        JsonObject group =
                only("[" + group("'securityRules':[{'name':'DENY','properties':{'priority':7}}]") + "," + RULE + "]");

        assertThat(rules(group))
                .extracting(each -> AnyCase.text(each, "priority"))
                .containsExactly("7");
    }

    private static List<JsonElement> rules(JsonObject group) {
        return AnyCase.stream(group.getAsJsonObject("properties").getAsJsonArray("securityRules"))
                .toList();
    }

    @Test
    void resourcesMayHaveNamesOfTheirOwnInNewerTemplates() {
        assertThat(only("{'first':" + group("'securityRules':[]") + "}")
                        .get("id")
                        .getAsString())
                .isEqualTo(GROUP);
    }

    @Test
    void theKindsAreCounted() {
        String table = "{'type':'microsoft.network/routeTables','name':'rt','properties':{}}";

        assertThat(take("'resources':[" + group("'x':1") + "," + group("'x':1").replace("'nsg'", "'nsg-2'") + ","
                                + table + ",{'type':'Microsoft.Other/things','name':'x'}]")
                        .orElseThrow()
                        .as())
                .isEqualTo("ARM template: 2 NSGs, route table");
    }

    @Test
    void aResourceWhoseNameIsNotKnownIsLeftOut() {
        assertThat(take("'resources':[" + group("'x':1").replace("'nsg'", "\"[parameters('must')]\"") + "]"))
                .isEmpty();
    }

    @Test
    void whatIsNoTemplateOrHasNothingOfUseIsNotTaken() {
        assertThat(take("'resources':[]")).isEmpty();
        assertThat(take("'a':1")).isEmpty();
        assertThat(new TemplateForm().take(JsonParser.parseString("{'resources':[" + group("'x':1") + "]}")))
                .isEmpty();
    }
}
