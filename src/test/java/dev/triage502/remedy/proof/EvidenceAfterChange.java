package dev.triage502.remedy.proof;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.SourceDocuments;
import dev.triage502.incident.Incident;
import dev.triage502.remedy.azure.AzureModel;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the documents would say after a change. Health and logs tell of the past: a row stays as it is where the change
 * did not touch what it is about. Where the gateway would now ask another question, the answer is taken from the case if
 * something in it gives one; else it is unknown.
 */
final class EvidenceAfterChange {

    private static final Pattern STATUS = Pattern.compile("(?i)(?:received:?\\s*|status code:\\s*)(\\d{3})");

    private final SourceDocuments before;
    private final SourceDocuments after;
    private final AzureModel model;
    private final Incident incident;
    private final Optional<JsonObject> oldGateway;
    private final Optional<JsonObject> newGateway;

    EvidenceAfterChange(Incident incident, SourceDocuments before, AzureModel model) {
        this.incident = incident;
        this.before = before;
        this.model = model;
        this.after = logged(model.documents());
        this.oldGateway = gateway(before);
        this.newGateway = gateway(after);
    }

    /** With nothing judged again: only what was changed differs. */
    SourceDocuments untouched() {
        return after;
    }

    /** With the probes' new answers where the case gives them, and without servers that no pool holds any more. */
    SourceDocuments known() {
        return judged(false);
    }

    /** The same without every row whose question has changed and whose new answer nobody knows. */
    SourceDocuments withoutUnknown() {
        return judged(true);
    }

    private static Optional<JsonObject> gateway(SourceDocuments documents) {
        return documents
                .get(Source.GATEWAY)
                .toOptional()
                .filter(JsonObject.class::isInstance)
                .map(JsonElement::getAsJsonObject);
    }

    private SourceDocuments logged(SourceDocuments documents) {
        Optional<JsonElement> log = documents.get(Source.ACTIVITY_LOG).toOptional();
        if (model.operations().isEmpty()
                || log.isEmpty()
                || !(log.get() instanceof JsonObject object)
                || !(object.get("value") instanceof JsonArray)) {
            return documents;
        }
        JsonObject copy = object.deepCopy();
        for (AzureModel.Operation operation : model.operations()) {
            JsonObject event = new JsonObject();
            event.addProperty("eventTimestamp", incident.alertedAt().toString());
            event.add("operationName", value(operation.name()));
            event.add("status", value("Succeeded"));
            event.add("category", value("Administrative"));
            event.addProperty("level", "Informational");
            event.addProperty("caller", "on-call@example.com");
            event.addProperty("correlationId", "00000000-0000-0000-0000-0000000000f1");
            event.addProperty("resourceId", operation.resource());
            copy.getAsJsonArray("value").add(event);
        }
        return documents.with(Source.ACTIVITY_LOG, copy);
    }

    private static JsonObject value(String text) {
        JsonObject object = new JsonObject();
        object.addProperty("value", text);
        return object;
    }

    private SourceDocuments judged(boolean dropUnknown) {
        SourceDocuments all = after;
        if (dropUnknown && model.operations().stream().anyMatch(EvidenceAfterChange::isPowerOfGateway)) {
            all = all.without(Source.RESOURCE_HEALTH);
        }
        if (dropUnknown && !model.givenRoles().isEmpty()) {
            all = withoutRefusals(all);
        }
        if (dropUnknown) {
            all = withoutOldRoutes(all);
        }
        if (oldGateway.isEmpty() || newGateway.isEmpty()) {
            return all;
        }
        all = resized(all);
        Optional<JsonElement> health = all.get(Source.BACKEND_HEALTH).toOptional();
        if (health.isPresent()) {
            JsonElement copy = health.get().deepCopy();
            health(copy, dropUnknown);
            all = all.with(Source.BACKEND_HEALTH, copy);
        }
        if (dropUnknown) {
            Optional<JsonElement> looks = all.get(Source.DIRECT_PROBE).toOptional();
            if (looks.isPresent() && looks.get() instanceof JsonArray rows) {
                JsonArray kept = new JsonArray();
                for (JsonElement each : rows) {
                    String target = ProbeQuestion.text(each.getAsJsonObject(), "target");
                    if (!isOfChangedBackend(target.replaceFirst(":\\d+$", ""))) {
                        kept.add(each);
                    }
                }
                all = all.with(Source.DIRECT_PROBE, kept);
            }
            Optional<JsonElement> log = all.get(Source.ACCESS_LOG).toOptional();
            if (log.isPresent() && log.get() instanceof JsonArray rows) {
                all = all.with(Source.ACCESS_LOG, withoutFailures(rows));
            }
            Optional<JsonElement> onDemand = all.get(Source.ON_DEMAND_HEALTH).toOptional();
            if (onDemand.isPresent() && onDemand.get() instanceof JsonArray rows) {
                all = all.with(Source.ON_DEMAND_HEALTH, withoutChanged(rows));
            }
        }
        return all;
    }

    /** Without the routes that were resolved for interfaces before a network or a route table was changed. */
    private SourceDocuments withoutOldRoutes(SourceDocuments all) {
        Optional<JsonObject> was = network(before);
        Optional<JsonObject> is = network(all);
        if (was.isEmpty()
                || is.isEmpty()
                || List.of("virtualNetworks", "routeTables").stream()
                        .allMatch(kind ->
                                Objects.equals(was.get().get(kind), is.get().get(kind)))) {
            return all;
        }
        JsonObject copy = is.get().deepCopy();
        copy.remove("effectiveRoutes");
        return all.with(Source.NETWORK, copy);
    }

    private static Optional<JsonObject> network(SourceDocuments documents) {
        return documents
                .get(Source.NETWORK)
                .toOptional()
                .filter(JsonObject.class::isInstance)
                .map(JsonElement::getAsJsonObject);
    }

    /** Without refusals of those who have the right now: whether they write again no document tells. */
    private SourceDocuments withoutRefusals(SourceDocuments all) {
        Optional<JsonElement> log = all.get(Source.ACTIVITY_LOG).toOptional();
        if (log.isEmpty()
                || !(log.get() instanceof JsonObject object)
                || !(object.get("value") instanceof JsonArray events)) {
            return all;
        }
        JsonArray kept = new JsonArray();
        for (JsonElement each : events) {
            String text = each.toString().toLowerCase(Locale.ROOT);
            if (!text.contains("authorizationfailed")
                    || model.givenRoles().stream().noneMatch(text::contains)) {
                kept.add(each);
            }
        }
        JsonObject copy = object.deepCopy();
        copy.add("value", kept);
        return all.with(Source.ACTIVITY_LOG, copy);
    }

    /** Resource Health that was read before a start says nothing of what it says after it. */
    private static boolean isPowerOfGateway(AzureModel.Operation operation) {
        return operation.name().matches("(?i)Microsoft.Network/applicationGateways/(?:start|stop)/action");
    }

    private void health(JsonElement element, boolean dropUnknown) {
        if (element instanceof JsonArray array) {
            array.forEach(each -> health(each, dropUnknown));
        } else if (element instanceof JsonObject object) {
            if (object.get("servers") instanceof JsonArray servers
                    && object.get("backendHttpSettings") instanceof JsonObject setting) {
                String name = ProbeQuestion.last(ProbeQuestion.text(setting, "id"));
                for (int i = servers.size() - 1; i >= 0; i--) {
                    if (!server(servers.get(i).getAsJsonObject(), name, dropUnknown)) {
                        servers.remove(i);
                    }
                }
            }
            object.entrySet().forEach(field -> health(field.getValue(), dropUnknown));
        }
    }

    /** Whether the row stays. */
    private boolean server(JsonObject row, String setting, boolean dropUnknown) {
        String address = ProbeQuestion.text(row, "address");
        if (isMember(oldGateway.get(), address) && !isMember(newGateway.get(), address)) {
            return false;
        }
        if (dropUnknown && isOfChangedBackend(address)) {
            return false;
        }
        Optional<ProbeQuestion> was = ProbeQuestion.of(oldGateway.get(), setting, address);
        Optional<ProbeQuestion> is = ProbeQuestion.of(newGateway.get(), setting, address);
        if (was.isEmpty() || is.isEmpty() || was.equals(is)) {
            return true;
        }
        Optional<Boolean> accepted = accepted(was.get(), is.get(), row, address);
        if (accepted.orElse(false)) {
            row.addProperty("health", "Healthy");
            row.addProperty("healthProbeLog", "Success. Received 200 status code");
            row.remove("healthProbeErrorName");
        }
        return accepted.isPresent() || !dropUnknown;
    }

    /** Whether the new question gets an answer that is accepted; empty where nothing in the case gives the answer. */
    private Optional<Boolean> accepted(ProbeQuestion was, ProbeQuestion is, JsonObject row, String address) {
        Matcher received = STATUS.matcher(ProbeQuestion.text(row, "healthProbeLog"));
        if (was.request().equals(is.request()) && received.find()) {
            return Optional.of(is.accepts(Integer.parseInt(received.group(1))));
        }
        Optional<JsonElement> looks = before.get(Source.DIRECT_PROBE).toOptional();
        if (looks.isPresent() && looks.get() instanceof JsonArray rows) {
            for (JsonElement each : rows) {
                if (each instanceof JsonObject look && isSame(look, is.request(), address)) {
                    String status = ProbeQuestion.text(look, "status");
                    if (status.matches("\\d{3}")) {
                        return Optional.of(is.accepts(Integer.parseInt(status)));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isSame(JsonObject look, ProbeQuestion.Request request, String address) {
        String target = ProbeQuestion.text(look, "target").toLowerCase(Locale.ROOT);
        String port = target.matches(".*:\\d+") ? target.substring(target.lastIndexOf(':') + 1) : "";
        String usual = request.scheme().equals("https") ? "443" : "80";
        String server = address.toLowerCase(Locale.ROOT);
        return (target.equals(server) || target.startsWith(server + ":"))
                && (port.isEmpty() ? usual : port).equals(request.port().isEmpty() ? usual : request.port())
                && ProbeQuestion.text(look, "scheme").equalsIgnoreCase(request.scheme())
                && ProbeQuestion.text(look, "host").equalsIgnoreCase(request.host())
                && ProbeQuestion.text(look, "path").equals(request.path());
    }

    private static boolean isMember(JsonObject gateway, String address) {
        JsonObject properties = gateway.get("properties") instanceof JsonObject inner ? inner : gateway;
        String pools = String.valueOf(properties.get("backendAddressPools")).toLowerCase(Locale.ROOT);
        return pools.contains("\"" + address.toLowerCase(Locale.ROOT) + "\"");
    }

    /** Whether the app or machine behind an address was changed, so that it may answer otherwise. */
    private boolean isOfChangedBackend(String address) {
        String name = "\"" + address.toLowerCase(Locale.ROOT) + "\"";
        Optional<JsonElement> old = before.get(Source.BACKENDS).toOptional();
        Optional<JsonElement> now = after.get(Source.BACKENDS).toOptional();
        if (old.isEmpty() || now.isEmpty() || !(now.get() instanceof JsonObject kinds)) {
            return false;
        }
        for (String kind : kinds.keySet()) {
            if (kinds.get(kind) instanceof JsonArray all
                    && old.get().getAsJsonObject().get(kind) instanceof JsonArray former) {
                for (JsonElement each : all) {
                    if (!former.contains(each)
                            && each.toString().toLowerCase(Locale.ROOT).contains(name)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** The settings through which something else is asked now. */
    private Set<String> changedSettings() {
        Set<String> changed = new HashSet<>();
        JsonObject gateway = newGateway.get();
        JsonObject properties = gateway.get("properties") instanceof JsonObject inner ? inner : gateway;
        if (properties.get("backendHttpSettingsCollection") instanceof JsonArray all) {
            for (JsonElement each : all) {
                String name = ProbeQuestion.text(each.getAsJsonObject(), "name");
                boolean same = ProbeQuestion.of(oldGateway.get(), name, "server")
                                .equals(ProbeQuestion.of(gateway, name, "server"))
                        && ProbeQuestion.part(oldGateway.get(), "backendHttpSettingsCollection", name)
                                .equals(ProbeQuestion.part(gateway, "backendHttpSettingsCollection", name));
                if (!same) {
                    changed.add(name.toLowerCase(Locale.ROOT));
                }
            }
        }
        return changed;
    }

    /** The pools that hold other servers now: what these answer is in no log. */
    private Set<String> changedPools() {
        Set<String> changed = new HashSet<>();
        JsonObject gateway = newGateway.get();
        JsonObject properties = gateway.get("properties") instanceof JsonObject inner ? inner : gateway;
        if (properties.get("backendAddressPools") instanceof JsonArray all) {
            for (JsonElement each : all) {
                String name = ProbeQuestion.text(each.getAsJsonObject(), "name");
                if (!ProbeQuestion.part(oldGateway.get(), "backendAddressPools", name)
                        .equals(ProbeQuestion.part(gateway, "backendAddressPools", name))) {
                    changed.add(name.toLowerCase(Locale.ROOT));
                }
            }
        }
        return changed;
    }

    private JsonArray withoutFailures(JsonArray rows) {
        Set<String> changed = changedSettings();
        Set<String> pools = changedPools();
        JsonArray kept = new JsonArray();
        for (JsonElement each : rows) {
            JsonObject row = each.getAsJsonObject();
            String setting = "";
            String pool = "";
            int status = 0;
            for (String column : row.keySet()) {
                if (is(column, "BackendSettingName")) {
                    setting = ProbeQuestion.text(row, column);
                } else if (is(column, "BackendPoolName")) {
                    pool = ProbeQuestion.text(row, column);
                } else if (is(column, "HttpStatus")
                        && ProbeQuestion.text(row, column).matches("\\d{3}(?:\\.0)?")) {
                    status = (int) Double.parseDouble(ProbeQuestion.text(row, column));
                }
            }
            boolean another =
                    changed.contains(setting.toLowerCase(Locale.ROOT)) || pools.contains(pool.toLowerCase(Locale.ROOT));
            if (status < 500 || !another) {
                kept.add(each);
            }
        }
        return kept;
    }

    /** Whether a column has this name, in a table of its own or in the older one of all Azure's logs ({@code httpStatus_d}). */
    private static boolean is(String column, String name) {
        return column.replaceFirst("_[sd]$", "").equalsIgnoreCase(name);
    }

    /**
     * How busy the processors of a gateway with another number of instances would be under the same load. Where they were fully
     * used the load may be higher than that, which no document tells.
     */
    private void processors(JsonElement element, double part) {
        if (element instanceof JsonArray array) {
            array.forEach(each -> processors(each, part));
        } else if (element instanceof JsonObject object) {
            for (String field : List.of("average", "maximum", "minimum")) {
                if (object.get(field) instanceof JsonPrimitive number && number.isNumber()) {
                    object.addProperty(field, number.getAsDouble() * part);
                }
            }
            object.entrySet().forEach(each -> processors(each.getValue(), part));
        }
    }

    private SourceDocuments resized(SourceDocuments all) {
        double was = capacity(oldGateway.get());
        double is = capacity(newGateway.get());
        Optional<JsonElement> metrics = all.get(Source.METRICS).toOptional();
        if (metrics.isEmpty() || was < 1 || is < 1 || was == is) {
            return all;
        }
        JsonElement copy = metrics.get().deepCopy();
        if (copy instanceof JsonObject object && object.get("value") instanceof JsonArray series) {
            for (JsonElement each : series) {
                String id = ProbeQuestion.text(each.getAsJsonObject(), "id");
                if (id.endsWith("/CpuUtilization")) {
                    processors(each.getAsJsonObject().get("timeseries"), was / is);
                }
            }
        }
        return all.with(Source.METRICS, copy);
    }

    /** The fixed number of instances; 0 where there is none. */
    private static double capacity(JsonObject gateway) {
        JsonObject properties = gateway.get("properties") instanceof JsonObject inner ? inner : gateway;
        String capacity = properties.get("sku") instanceof JsonObject sku ? ProbeQuestion.text(sku, "capacity") : "";
        return capacity.matches("\\d{1,4}") ? Integer.parseInt(capacity) : 0;
    }

    private JsonArray withoutChanged(JsonArray rows) {
        Set<String> changed = changedSettings();
        JsonArray kept = new JsonArray();
        for (JsonElement each : rows) {
            String text = each.toString().toLowerCase(Locale.ROOT);
            if (changed.stream().noneMatch(name -> text.contains("/" + name + "\""))) {
                kept.add(each);
            }
        }
        return kept;
    }
}
