package dev.triage502.deliver.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.triage502.deliver.ReportNotice;
import dev.triage502.deliver.Reports;
import dev.triage502.ledger.MessageReason;
import dev.triage502.report.DiagnosisDocument;
import dev.triage502.report.Report;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelFilterTest {

    /** The incident is at agw-prod in rg, sev 1, tagged team=shop, with a confirmed NSG rule as its cause. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {}                                                | true
        {"gateways":["agw-prod"]}                         | true
        {"gateways":["AGW-*"]}                            | true
        {"gateways":["*-pr*d"]}                           | true
        {"gateways":["agw-prod-*"]}                       | false
        {"gateways":["agw","agw-test"]}                   | false
        {"resourceGroups":["RG"]}                         | true
        {"resourceGroups":["rg-*"]}                       | false
        {"tags":{"Team":"shop"}}                          | true
        {"tags":{"team":"pay"}}                           | false
        {"tags":{"team":"shop","env":"prod"}}             | false
        {"families":["network"]}                          | true
        {"families":["tls","backend","not-found"]}        | false
        {"leastConfidence":"confirmed"}                   | true
        {"severities":[0,1]}                              | true
        {"severities":[3,4]}                              | false
        {"gateways":["agw-*"],"families":["tls"]}         | false
        """)
    void takesWhatAllOfItsPartsTake(String filters, boolean taken) {
        assertThat(filter(filters).takesIncident(notice(json -> {}))).isEqualTo(taken);
    }

    @Test
    void whatIsNotKnownKeepsNoMessageBack() {
        ReportNotice nothingKnown = notice(json -> {
            json.remove("severity");
            json.remove("gatewayTags");
            json.remove("evidenceRead");
        });

        assertThat(filter("{\"severities\":[0],\"tags\":{\"team\":\"pay\"}}").takesIncident(nothingKnown))
                .isTrue();
    }

    @Test
    void anIncidentWithoutACauseIsOfAKindOfItsOwn() {
        ReportNotice untold = notice(json -> {
            json.getAsJsonObject("rootCause").addProperty("id", "insufficient-evidence");
            json.getAsJsonObject("rootCause").remove("confidence");
        });

        assertThat(filter("{\"families\":[\"not-found\"]}").takesIncident(untold))
                .isTrue();
        assertThat(filter("{\"families\":[\"network\"]}").takesIncident(untold)).isFalse();
        assertThat(filter("{\"leastConfidence\":\"possible\"}").takesIncident(untold))
                .isFalse();
    }

    @Test
    void aRecoveryIsJudgedByTheCauseThatWasKnown() {
        ReportNotice recovered = notice(json -> {
            json.getAsJsonObject("rootCause").addProperty("id", "recovered");
            json.getAsJsonObject("rootCause").remove("confidence");
            json.add(
                    "life",
                    JsonParser.parseString(
                            "{\"reason\":\"recovered\",\"cause\":{\"id\":\"request-timeout\",\"confidence\":\"likely\"}}"));
        });

        assertThat(filter("{\"families\":[\"timeout\"],\"leastConfidence\":\"likely\"}")
                        .takesIncident(recovered))
                .isTrue();
        assertThat(filter("{\"families\":[\"network\"]}").takesIncident(recovered))
                .isFalse();
        assertThat(filter("{\"leastConfidence\":\"confirmed\"}").takesIncident(recovered))
                .isFalse();
    }

    @Test
    void whoKnowsThatItBeganHearsThatItIsOver() {
        ChannelRoute route = new ChannelRoute(
                "tls-team",
                EnumSet.allOf(MessageReason.class),
                new RouteRules(filter("{\"families\":[\"tls\"]}"), List.of(), Optional.empty()),
                (notice, memory) -> {
                    throw new AssertionError("sent");
                });

        assertThat(route.takes(notice(json -> {}), false)).isFalse();
        assertThat(route.takes(notice(json -> {}), true)).isTrue();
    }

    private static ChannelFilter filter(String filters) {
        ChannelPlan plan = ChannelsDocuments.read(
                "{\"channels\":[{\"name\":\"it\",\"type\":\"plain\",\"room\":\"r\",\"filters\":" + filters + "}]}");
        assertThat(plan.allProblems()).isEmpty();
        return plan.channels().get(0).rules().filter();
    }

    private static ReportNotice notice(Consumer<JsonObject> change) {
        JsonObject json = Reports.usual().document().json().deepCopy();
        json.addProperty("severity", "1");
        json.add("gatewayTags", JsonParser.parseString("{\"team\":\"shop\"}"));
        json.add("evidenceRead", JsonParser.parseString("[{\"source\":\"gateway\",\"state\":\"present\"}]"));
        change.accept(json);
        return Reports.notice(Report.of(DiagnosisDocument.read(json)), "k");
    }
}
