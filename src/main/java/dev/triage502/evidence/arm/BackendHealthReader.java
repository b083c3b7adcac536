package dev.triage502.evidence.arm;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.evidence.BackendHealth;
import dev.triage502.evidence.BackendHealth.Association;
import dev.triage502.evidence.BackendHealth.Server;
import dev.triage502.evidence.BackendHealth.State;
import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.ProbeFailure;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.evidence.Source;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * What the gateway's probes last saw: {@code POST …/backendhealth}, or one pair of pool and setting as
 * {@code getBackendHealthOnDemand} answers it.
 */
final class BackendHealthReader {

    private static final Comparator<Server> ORDER = Comparator.comparing(Server::pool, String.CASE_INSENSITIVE_ORDER)
            .thenComparing(Server::setting, String.CASE_INSENSITIVE_ORDER)
            .thenComparing(Server::address, IpAddresses.ORDER)
            .thenComparing(Server::toString);

    /** What a text says; a thousand servers share a handful of texts. */
    private record Words(ProbeFailure failure, OptionalInt received) {}

    /** The schema says {@code Up}, {@code Down} and {@code Partial}; answers say {@code Healthy}, {@code Unhealthy}. */
    private static final AzureWords<State> STATES = AzureWords.of(State.HEALTHY, "Healthy", "Up")
            .and(State.UNHEALTHY, "Unhealthy", "Down", "Partial")
            .and(State.DRAINING, "Draining");

    private static final Pattern NUMBER = Pattern.compile("[-+.\\d]+([eE][-+]?\\d+)?");

    private final CanonicalNames spelling;
    private final Map<String, Words> understood = new HashMap<>();
    private final List<Server> servers = new ArrayList<>();
    private final List<Association> associations = new ArrayList<>();

    private final Losses losses;

    private BackendHealthReader(CanonicalNames spelling, Losses losses) {
        this.spelling = spelling;
        this.losses = losses;
    }

    static BackendHealth read(CanonicalNames spelling, JsonElement document, Losses losses) {
        BackendHealthReader reader = new BackendHealthReader(spelling, losses);
        reader.answer(document);
        return reader.health();
    }

    /** What the probes saw; where every state is unknown, that could not be read, in Azure's words. */
    static Reading<BackendHealth> probeResults(Reading<BackendHealth> health) {
        return health.flatMap(read -> {
            if (!read.isAllUnknown()) {
                return Reading.present(read);
            }
            String words = read.servers().stream()
                    .map(Server::log)
                    .filter(log -> !log.isEmpty())
                    .findFirst()
                    .map(log -> "the health of every server is Unknown: \"" + log + "\"")
                    .orElse("the health of every server is Unknown (no reason given)");
            return Reading.couldNotRead(Source.BACKEND_HEALTH, Why.UNREACHABLE, words);
        });
    }

    private void answer(JsonElement document) {
        if (document instanceof JsonArray) {
            each(ArmObject.list(document), this::pool);
            return;
        }
        ArmObject answer = ArmObject.document(document);
        if (answer.has("backendHealthHttpSettings")) {
            association(answer.referredName("backendAddressPool"), answer.object("backendHealthHttpSettings"));
        } else if (answer.has("backendAddressPools")) {
            each(answer.objects("backendAddressPools"), this::pool);
        } else if (answer.find("value") instanceof JsonArray pools) {
            each(ArmObject.list(pools), this::pool);
        } else if (answer.find("value") instanceof JsonObject inner) {
            answer(inner);
        } else {
            throw answer.lacks("backendAddressPools");
        }
    }

    private void each(List<ArmObject> elements, Consumer<ArmObject> reader) {
        losses.each(elements, element -> {
            reader.accept(element);
            return element;
        });
    }

    private void pool(ArmObject pool) {
        if (!pool.has("backendAddressPool") && !pool.has("backendHttpSettingsCollection")) {
            throw pool.lacks("a backendAddressPool with its backendHttpSettingsCollection");
        }
        String name = pool.object("backendAddressPool").name();
        if (spelling.isIdle(name)) {
            return;
        }
        each(losses.list(pool, "backendHttpSettingsCollection"), each -> association(name, each));
        each(losses.list(pool, "backendSettingsCollection"), each -> association(name, each));
    }

    private void association(String pool, ArmObject association) {
        String http = association.object("backendHttpSettings").name();
        String setting = http.isEmpty() ? association.object("backendSettings").name() : http;
        if (!association.has("servers")) {
            throw association.lacks("a setting with its servers");
        }
        List<ArmObject> found = association.objects("servers");
        associations.add(new Association(spelling.pool(pool), spelling.setting(setting), found.size()));
        servers.addAll(losses.each(found, server -> server(pool, setting, server)));
    }

    private Server server(String pool, String setting, ArmObject server) {
        String address = server.text("address").strip();
        if (address.isEmpty() || (NUMBER.matcher(address).matches() && !IpAddresses.isAddress(address))) {
            throw server.lacks("a server with its address");
        }
        State state = STATES.valueOf(server.text("health").strip()).orElse(State.UNKNOWN);
        String log = server.text("healthProbeLog").strip();
        String errorName = server.text("healthProbeErrorName");
        Words words = understood.computeIfAbsent(
                String.join("\n", state.name(), errorName, log),
                unused -> new Words(ProbeLogText.failure(state, errorName, log), ProbeLogText.received(log)));
        return new Server(
                spelling.server(pool, setting, server.text("address")),
                state,
                words.failure(),
                log.isEmpty() ? errorName : log,
                words.received(),
                spelling.customProbe(setting));
    }

    private BackendHealth health() {
        servers.sort(ORDER);
        associations.sort(Comparator.comparing(Association::pool, String.CASE_INSENSITIVE_ORDER)
                .thenComparing(Association::setting, String.CASE_INSENSITIVE_ORDER)
                .thenComparing(Association::toString));
        return new BackendHealth(List.copyOf(servers), List.copyOf(associations));
    }
}
