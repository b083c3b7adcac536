package dev.triage502.report.shell;

import dev.triage502.report.shell.Token.LineEnd;
import dev.triage502.report.shell.Token.Word;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The commands that show, before a change, what it is about to change. */
public final class SavedState {

    /** What shows the whole of which a group's commands change a part: the command, and the option that names the whole. */
    private static final Map<String, List<String>> WHOLES = Map.of(
            "network nsg rule", List.of("network nsg show", "--nsg-name"),
            "network route-table route", List.of("network route-table show", "--route-table-name"),
            "network vnet peering", List.of("network vnet show", "--vnet-name"),
            "network vnet subnet", List.of("network vnet show", "--vnet-name"),
            "network private-dns record-set a", List.of("network private-dns record-set list", "--zone-name"),
            "network private-dns link vnet", List.of("network private-dns link vnet list", "--zone-name"),
            "containerapp revision", List.of("containerapp show", "--name"));

    /** Groups whose parts are named by themselves. */
    private static final Set<String> ALONE = Set.of(
            "vm", "vmss", "webapp", "functionapp", "containerapp", "aks", "container", "network private-endpoint");

    private static final Pattern OPEN = Pattern.compile("\\{[a-z][a-z0-9-]*}");

    private SavedState() {}

    /**
     * The commands for a shell: the gateway first, then whatever else the change is made in. What the shell cannot be given is
     * left open in angle brackets.
     *
     * @param change the commands that change something, as bash has them
     */
    public static List<String> commands(String change, String gateway, Shell shell) {
        Set<String> all = new LinkedHashSet<>();
        all.add(written(
                "az network application-gateway show --ids {gateway-id}",
                Map.of("gateway-id", List.of(gateway)),
                shell));
        for (List<String> call : calls(change)) {
            String group = group(call);
            List<String> whole = WHOLES.get(group);
            List<String> ids = option(call, "--ids");
            List<String> name = option(call, whole == null ? "--name" : whole.get(1));
            Map<String, List<String>> values =
                    Map.of("ids", ids, "name", name, "group", option(call, "--resource-group"));
            if (!ids.isEmpty() && !group.startsWith("network application-gateway")) {
                all.add(written("az " + group + " show --ids {ids}", values, shell));
            } else if (whole != null && !name.isEmpty()) {
                String option = whole.get(0).endsWith("list") ? whole.get(1) : "--name";
                all.add(written(
                        "az " + whole.get(0) + " --resource-group {group} " + option + " {name}", values, shell));
            } else if (ALONE.contains(group) && !name.isEmpty()) {
                all.add(written("az " + group + " show --resource-group {group} --name {name}", values, shell));
            }
        }
        return List.copyOf(all);
    }

    /** @param values the words as they stand in the change, by placeholder; one that is open there is open here */
    private static String written(String template, Map<String, List<String>> values, Shell shell) {
        String open = template;
        for (Map.Entry<String, List<String>> value : values.entrySet()) {
            String words = String.join(" ", value.getValue());
            if (OPEN.matcher(words).matches()) {
                open = open.replace("{" + value.getKey() + "}", words);
            }
        }
        return CommandTemplate.parse(open)
                .fill(name -> values.getOrDefault(name, List.of()), shell)
                .text();
    }

    /** The words of each call of az; a placeholder that is open is a word in braces. */
    private static List<List<String>> calls(String change) {
        List<List<String>> calls = new ArrayList<>();
        List<String> call = new ArrayList<>();
        String closed = change.replaceAll("<([a-z][a-z0-9-]*)>", "{$1}");
        for (Token token : CommandTemplate.parse(closed).tokens()) {
            if (token instanceof LineEnd) {
                calls.add(call);
                call = new ArrayList<>();
            } else if (token instanceof Word word) {
                call.add(word.isConstant() ? word.text() : word.source());
            }
        }
        calls.add(call);
        return calls.stream()
                .filter(each -> !each.isEmpty() && each.get(0).equals("az"))
                .toList();
    }

    /** {@code network nsg rule} of {@code az network nsg rule create --name …}. */
    private static String group(List<String> call) {
        List<String> words =
                call.stream().takeWhile(word -> !word.startsWith("-")).toList();
        return String.join(" ", words.subList(1, Math.max(1, words.size() - 1)));
    }

    /** The values of an option, as in {@code --ids a b} or {@code --name=-a}. */
    private static List<String> option(List<String> call, String name) {
        for (int i = 0; i < call.size(); i++) {
            if (call.get(i).equals(name)) {
                return call.subList(i + 1, call.size()).stream()
                        .takeWhile(word -> !word.startsWith("--"))
                        .toList();
            }
            if (call.get(i).startsWith(name + "=")) {
                return List.of(call.get(i).substring(name.length() + 1));
            }
        }
        return List.of();
    }
}
