package dev.triage502.evidence.arm.form;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a template says without being deployed; whatever it leaves open stays an object and no text. */
class TemplateExpressionsTest {

    private static final String UNKNOWN_GROUP = UnknownScope.ID;

    private static final TemplateExpressions TEMPLATE =
            new TemplateExpressions(JsonParser.parseString("""
                {"parameters": {"name": {"defaultValue": "agw-shop"}, "must": {"type": "String"},
                                "copied": {"defaultValue": "[parameters('name')]"},
                                "ports": {"defaultValue": [80, 443]},
                                "self": {"defaultValue": "[parameters('self')]"}},
                 "variables": {"pool": "[concat(parameters('name'), '-pool')]", "count": 3}}
                """).getAsJsonObject());

    private static JsonElement value(String expression) {
        return TEMPLATE.evaluate(new JsonPrimitive(expression));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "plain text | plain text",
                "[[not an expression] | [not an expression]",
                "[open | [open",
                "closed] | closed]",
                "[parameters('name')] | agw-shop",
                "[ parameters( 'NAME' ) ] | agw-shop",
                "[parameters('copied')] | agw-shop",
                "[variables('pool')] | agw-shop-pool",
                "[concat('a', 'b', 3)] | ab3",
                "[concat('it''s', ' here')] | it's here",
                "[toLower('AGW')] | agw",
                "[TOLOWER('AGW')] | agw",
                "[format('{0}-{1}-{0}', 'a', 'b')] | a-b-a",
                "[string('x')] | x",
                "[int('-8080')] | -8080",
                "['text'] | text",
                "[8080] | 8080",
                "[concat(variables('pool'), '-', parameters('name'))] | agw-shop-pool-agw-shop"
            })
    void whatNeedsNoDeploymentIsWorkedOut(String expression, String value) {
        assertThat(value(expression)).isEqualTo(new JsonPrimitive(value));
    }

    @Test
    void aValueKeepsItsKind() {
        assertThat(value("[variables('count')]")).isEqualTo(new JsonPrimitive(3));
        assertThat(value("[parameters('ports')]")).isEqualTo(JsonParser.parseString("[80, 443]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[parameters('must')]",
                "[parameters('nowhere')]",
                "[variables('nowhere')]",
                "[resourceGroup().location]",
                "[parameters('name').length]",
                "[reference('x')]",
                "[concat('a', parameters('must'))]",
                "[concat(parameters('ports'), 'a')]",
                "[concat('a'",
                "[]",
                "[uniqueString]",
                "[resourceId('no-type', 'name')]",
                "[parameters('self')]"
            })
    void whatTheTemplateLeavesOpenIsNoText(String expression) {
        JsonElement value = value(expression.endsWith("]") ? expression : expression + "]");

        assertThat(value).isInstanceOf(JsonObject.class);
        assertThat(value.getAsJsonObject().keySet()).containsExactly("expression");
    }

    @Test
    void anUnknownValueSaysTheExpressionForWhoeverReadsTheReport() {
        assertThat(value("[parameters('must')]")
                        .getAsJsonObject()
                        .get("expression")
                        .getAsString())
                .isEqualTo("[parameters('must')]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[resourceId('Microsoft.Network/virtualNetworks', 'v')] |"
                        + " G/providers/Microsoft.Network/virtualNetworks/v",
                "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'v', 's')]"
                        + " | G/providers/Microsoft.Network/virtualNetworks/v/subnets/s",
                "[resourceId('rg-net', 'Microsoft.Network/virtualNetworks', 'v')]"
                        + " | /subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-net"
                        + "/providers/Microsoft.Network/virtualNetworks/v",
                "[resourceId('sub-1', 'rg-net', 'Microsoft.Network/virtualNetworks', 'v')]"
                        + " | /subscriptions/sub-1/resourceGroups/rg-net/providers/Microsoft.Network/virtualNetworks/v",
                "[concat(resourceId('Microsoft.Network/applicationGateways', parameters('name')), '/probes/p')]"
                        + " | G/providers/Microsoft.Network/applicationGateways/agw-shop/probes/p"
            })
    void idsAreInTheScopeThatTheTemplateSaysOrInAnUnknownOne(String expression, String id) {
        assertThat(value(expression).getAsString()).isEqualTo(id.replaceFirst("^G/", UNKNOWN_GROUP + "/"));
    }

    @Test
    void expressionsAreWorkedOutWhereverTheyStand() {
        JsonElement element = JsonParser.parseString(
                "{'a':[{'b':'[parameters(\\'name\\')]'}, 'text', 5, true], 'c':{'d':'[variables(\\'count\\')]'}}");

        assertThat(TEMPLATE.evaluate(element))
                .isEqualTo(JsonParser.parseString("{'a':[{'b':'agw-shop'}, 'text', 5, true], 'c':{'d':3}}"));
    }

    @Test
    void anIdOfAChildHasItsParents() {
        assertThat(TemplateExpressions.id("Microsoft.Network/networkSecurityGroups/securityRules", "nsg/deny"))
                .isEqualTo(UNKNOWN_GROUP + "/providers/Microsoft.Network/networkSecurityGroups/nsg/securityRules/deny");
        assertThat(TemplateExpressions.id("Microsoft.Network/routeTables", "rt"))
                .isEqualTo(UNKNOWN_GROUP + "/providers/Microsoft.Network/routeTables/rt");
    }
}
