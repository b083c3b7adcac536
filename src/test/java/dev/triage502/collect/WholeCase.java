package dev.triage502.collect;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.EvidenceReader;
import dev.triage502.evidence.arm.SourceDocuments;
import java.nio.file.Path;
import java.util.List;

/** An incident of which Azure refused nothing. */
public final class WholeCase {

    private static final Path CASE = Path.of("src/test/resources/cases/every-ten-minutes");

    private WholeCase() {}

    /** A recorded incident with a document of every source. */
    public static RecordedCase recorded() {
        RecordedCase recorded = CaseFolder.read(CASE);
        String id = recorded.gateway().toString();
        SourceDocuments documents = recorded.documents()
                .with(
                        Source.RESOURCE_HEALTH,
                        json("{'id':'" + id + "','properties':{'availabilityState':'Available'}}"))
                .with(
                        Source.DIAGNOSTIC_SETTINGS,
                        json("{'value':[{'name':'all','properties':{'workspaceId':'/subscriptions/s/w','logs':"
                                + "[{'categoryGroup':'allLogs','enabled':true}]}}]}"))
                .with(Source.BACKENDS, backends(recorded))
                .with(Source.ON_DEMAND_HEALTH, onDemand(recorded));
        return new RecordedCase(
                recorded.id(), "", recorded.gateway(), recorded.alertedAt(), recorded.expected(), documents);
    }

    /** With every list, so that none is refused. */
    private static JsonElement backends(RecordedCase recorded) {
        JsonObject backends = (JsonObject)
                recorded.documents().get(Source.BACKENDS).toOptional().orElseThrow();
        for (String list : List.of("virtualMachines", "scaleSets", "sites", "containerApps", "managedClusters")) {
            if (!backends.has(list)) {
                backends.add(list, new JsonArray());
            }
        }
        return backends;
    }

    private static JsonElement onDemand(RecordedCase recorded) {
        JsonArray answers = new JsonArray();
        Gateway gateway = EvidenceReader.read(recorded.incident(), recorded.documents())
                .gateway()
                .toOptional()
                .orElseThrow();
        gateway.associations()
                .forEach(pair -> answers.add(
                        json("{'backendAddressPool':{'id':'" + pair.pool().id()
                                + "'},'backendHealthHttpSettings':{'backendHttpSettings':{'id':'"
                                + pair.setting().id()
                                + "'},'servers':[{'address':'10.0.0.4','health':'Up'}]}}")));
        return answers;
    }

    private static JsonElement json(String text) {
        return JsonParser.parseString(text.replace('\'', '"'));
    }
}
