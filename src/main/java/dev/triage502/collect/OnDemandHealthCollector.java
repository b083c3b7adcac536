package dev.triage502.collect;

import com.google.gson.JsonElement;
import dev.triage502.azure.ArmOperation;
import dev.triage502.azure.CallContext;
import dev.triage502.collect.probe.ClientsRequest;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Gateway.Association;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.OnDemandHealthRequest;
import dev.triage502.incident.ResourceId;
import java.util.Optional;

/**
 * What the gateway's backends answer right now: the gateway probes each pair of pool and setting that rules use, as its
 * probe would, and where that fails once more with the host that clients' requests carry. This sends requests to the backends, so it is asked only where that is wanted.
 */
final class OnDemandHealthCollector implements SourceCollector {

    private static final int MOST_PAIRS = 4;
    private static final int MOST_OTHER_HOSTS = 2;

    @Override
    public Reading<JsonElement> collect(CollectContext scene, CallContext ask) throws InterruptedException {
        Optional<Gateway> gateway = scene.gateway();
        if (gateway.isEmpty()) {
            return scene.notWithoutGateway(ask.source());
        }
        int others = MOST_OTHER_HOSTS;
        CompositeDocument answers = new CompositeDocument(Source.ON_DEMAND_HEALTH);
        // One after the other: a gateway does one such operation at a time and refuses the others.
        for (Association pair :
                gateway.get().associations().stream().limit(MOST_PAIRS).toList()) {
            OnDemandHealthRequest request = OnDemandHealthRequest.of(gateway.get(), pair);
            Reading<JsonElement> answer = ask(scene, ask, request);
            answers.add("answers", place(pair, "probe"), answer.map(request::answered));
            Optional<OnDemandHealthRequest> other = others > 0 && isUnhealthy(answer)
                    ? withClientsHost(gateway.get(), pair, request)
                    : Optional.empty();
            if (other.isPresent()) {
                others--;
                Reading<JsonElement> again = ask(scene, ask, other.get());
                again.toOptional()
                        .ifPresent(document -> answers.add(
                                "answers",
                                place(pair, "live"),
                                Reading.present(other.get().answered(document))));
            }
        }
        return answers.reading().map(document -> answers.array("answers"));
    }

    private static Reading<JsonElement> ask(CollectContext scene, CallContext ask, OnDemandHealthRequest request) {
        return scene.arm().post(ask, ArmOperation.ON_DEMAND_HEALTH, scene.gatewayId(), request.body());
    }

    private static ResourceId place(Association pair, String shape) {
        return ResourceId.of(pair.pool().id() + "|" + pair.setting().id() + "|" + shape);
    }

    private static boolean isUnhealthy(Reading<JsonElement> answer) {
        return answer.toOptional().stream().anyMatch(OnDemandHealthRequest::showsUnhealthy);
    }

    /** The same test with the host of a client's request, where that is another one. */
    private static Optional<OnDemandHealthRequest> withClientsHost(
            Gateway gateway, Association pair, OnDemandHealthRequest request) {
        String member = pair.pool().members().stream().findFirst().orElse("");
        String asked = gateway.probedHost(pair.setting(), member);
        return new ClientsRequest(gateway)
                .host(pair, member)
                .filter(host -> !host.equalsIgnoreCase(asked) && !host.isEmpty())
                .map(request::withHost);
    }
}
