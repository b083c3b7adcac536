package dev.triage502.remedy.azure;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.triage502.evidence.Source;
import dev.triage502.remedy.command.AzCommand;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** {@code az network private-dns}: zones, their links and their A records, which stand in one list side by side. */
final class PrivateDnsCommands implements CommandGroup {

    private static final String GROUP = "network private-dns ";
    private static final Set<String> KNOWN = Set.of(
            "zone create",
            "zone delete",
            "link vnet create",
            "link vnet update",
            "link vnet delete",
            "record-set a create",
            "record-set a update",
            "record-set a delete",
            "record-set a add-record",
            "record-set a remove-record");
    private static final String LIST = "privateDnsZones";

    @Override
    public boolean knows(String command) {
        return command.startsWith(GROUP) && KNOWN.contains(command.substring(GROUP.length()));
    }

    @Override
    public void run(AzCommand command, AzureModel model) {
        String what = command.name().substring(GROUP.length());
        JsonArray all =
                model.array(Source.NETWORK, LIST).orElseThrow(() -> NotModelled.unread("the private DNS zones"));
        String group = command.required("--resource-group");
        if (what.startsWith("zone")) {
            zone(command, model, all, group);
            return;
        }
        String zoneName = command.required("--zone-name");
        Resource zone =
                zone(model, group, zoneName).orElseThrow(() -> NotModelled.unread("zone " + zoneName + " in " + group));
        if (what.startsWith("link")) {
            link(command, model, all, zone);
        } else {
            record(command, model, all, zone);
        }
    }

    private static void zone(AzCommand command, AzureModel model, JsonArray all, String group) {
        String name = command.required("--name");
        Optional<Resource> zone = zone(model, group, name);
        if (command.name().endsWith("create")) {
            zone.ifPresent(each -> {
                throw new Refused("there is already a zone " + name, "assumed");
            });
            Resource made = Resource.of(model.id(group, "Microsoft.Network", LIST, name), name);
            made.json().addProperty("type", "Microsoft.Network/privateDnsZones");
            all.add(made.json());
        } else {
            Resource gone = zone.orElseThrow(() -> NotModelled.unread("zone " + name));
            model.list(Source.NETWORK, LIST).stream()
                    .filter(each -> each.id()
                            .toLowerCase(Locale.ROOT)
                            .startsWith(gone.id().toLowerCase(Locale.ROOT) + "/"))
                    .peek(PrivateDnsCommands::mustNotBeLink)
                    .forEach(each -> Resource.removeFrom(all, each));
            Resource.removeFrom(all, gone);
        }
    }

    /** With a zone its records go; a zone that is linked stays. */
    private static void mustNotBeLink(Resource part) {
        if (part.type().equalsIgnoreCase("virtualNetworkLinks")) {
            throw new Refused("the zone is linked to a network by " + part.name(), "assumed");
        }
    }

    private static void link(AzCommand command, AzureModel model, JsonArray all, Resource zone) {
        String name = command.required("--name");
        String id = zone.id() + "/virtualNetworkLinks/" + name;
        Optional<Resource> link = model.byId(Source.NETWORK, LIST, id);
        Fields fields = new Fields()
                .flag("--registration-enabled", "registrationEnabled")
                .reference(
                        "--virtual-network",
                        "virtualNetwork",
                        network -> model.id(zone.group(), "Microsoft.Network", "virtualNetworks", network));
        if (!command.name().endsWith("create")) {
            Resource found = link.orElseThrow(() -> new Refused("there is no link " + name, "assumed"));
            if (command.name().endsWith("delete")) {
                Resource.removeFrom(all, found);
            } else {
                fields.apply(command, found);
            }
            return;
        }
        link.ifPresent(each -> {
            throw new Refused("there is already a link " + name, "assumed");
        });
        Resource made = Resource.of(id, name);
        made.json().addProperty("type", "Microsoft.Network/privateDnsZones/virtualNetworkLinks");
        fields.apply(command, made);
        made.set("virtualNetworkLinkState", "Completed");
        for (Resource other : model.list(Source.NETWORK, LIST)) {
            if (other.type().equalsIgnoreCase("virtualNetworkLinks")
                    && other.reference("virtualNetwork").equalsIgnoreCase(made.reference("virtualNetwork"))
                    && zoneOf(other).equalsIgnoreCase(zone.name())) {
                throw new Refused(
                        "the network is linked to a zone of this name already, by " + other.name(), "assumed");
            }
        }
        all.add(made.json());
    }

    private static void record(AzCommand command, AzureModel model, JsonArray all, Resource zone) {
        String verb = command.name().substring(command.name().lastIndexOf(' ') + 1);
        String name = command.one("--record-set-name").orElseGet(() -> command.required("--name"));
        Optional<Resource> found = model.list(Source.NETWORK, LIST).stream()
                .filter(each -> each.id().equalsIgnoreCase(zone.id() + "/A/" + name))
                .findFirst();
        if (verb.equals("add-record") || verb.equals("create")) {
            Resource record = found.orElseGet(() -> made(all, zone, name));
            command.one("--ipv4-address").ifPresent(address -> add(record, address));
            return;
        }
        Resource record =
                found.orElseThrow(() -> new Refused("there is no record " + name + " in " + zone.name(), "assumed"));
        switch (verb) {
            case "delete":
                Resource.removeFrom(all, record);
                break;
            case "remove-record":
                remove(command, all, record);
                break;
            default:
                GenericUpdate.apply(command, record);
                break;
        }
    }

    private static Resource made(JsonArray all, Resource zone, String name) {
        Resource record = Resource.of(zone.id() + "/A/" + name, name);
        record.json().addProperty("type", "Microsoft.Network/privateDnsZones/A");
        record.set("ttl", new JsonPrimitive(3600));
        record.set("fqdn", name + "." + zone.name() + ".");
        record.set("aRecords", new JsonArray());
        all.add(record.json());
        return record;
    }

    private static void add(Resource record, String address) {
        for (JsonElement each : record.list("aRecords")) {
            if (Resource.text(each.getAsJsonObject(), "ipv4Address").equals(address)) {
                return;
            }
        }
        JsonObject value = new JsonObject();
        value.addProperty("ipv4Address", address);
        record.list("aRecords").add(value);
    }

    private static void remove(AzCommand command, JsonArray all, Resource record) {
        String address = command.required("--ipv4-address");
        JsonArray addresses = record.list("aRecords");
        for (int i = 0; i < addresses.size(); i++) {
            if (Resource.text(addresses.get(i).getAsJsonObject(), "ipv4Address").equals(address)) {
                addresses.remove(i);
                if (addresses.isEmpty() && !command.has("--keep-empty-record-set")) {
                    Resource.removeFrom(all, record);
                }
                return;
            }
        }
        throw new Refused("record " + record.name() + " holds no " + address, "assumed");
    }

    private static Optional<Resource> zone(AzureModel model, String group, String name) {
        return model.find(Source.NETWORK, LIST, group, name)
                .filter(each -> each.type().toLowerCase(Locale.ROOT).equals("privatednszones"));
    }

    private static String zoneOf(Resource link) {
        return Resource.segment(link.id(), LIST);
    }
}
