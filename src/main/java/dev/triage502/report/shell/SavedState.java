package dev.triage502.report.shell;

import dev.triage502.report.shell.Token.LineEnd;
import dev.triage502.report.shell.Token.Word;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The commands that show, before a change, what it is about to change. */
public final class SavedState {

    /** What shows the whole of which a group's commands change a part: the command, and the option that names the whole. */
    private static final Map<String, List<String>> WHOLES = Map.of(
            "network nsg rule", List.of("network nsg show", "--nsg-name"),
            "network route-table route", List.of("network route-table show", "--route-table-name"),
            "network vnet peering", List.of("network vnet show", "--vnet-name"),
            "network vnet subnet", List.of("network vnet show", "--vnet-name"),
            "network private-dns record-set a", List.of("network private-dns record-set list", "--zone-name"),
            "network private-dns link vnet", List.of("network private-dns link vnet list", "--zone-name"));

    /** Groups whose parts are named by themselves. */
    private static final Set<String> ALONE = Set.of(
            "vm", "vmss", "webapp", "functionapp", "containerapp", "aks", "container", "network private-endpoint");

    private SavedState() {}

    /** The commands for a shell: the gateway first, then whatever else the change is made in. */
    public static List<String> commands(String change, String gateway, Shell shell) {
        Set<String> all = new LinkedHashSet<>();
        all.add("az network application-gateway show --ids " + shell.quoted(gateway));
        for (List<String> call : calls(change)) {
            String group = group(call);
            List<String> whole = WHOLES.get(group);
            String resourceGroup = option(call, "--resource-group");
            String ids = option(call, "--ids");
            if (!ids.isEmpty() && !group.startsWith("network application-gateway")) {
                all.add("az " + group + " show --ids " + shell.quoted(ids));
            } else if (whole != null && !option(call, whole.get(1)).isEmpty()) {
                String named = whole.get(0).endsWith("list") ? whole.get(1) : "--name";
                all.add("az " + whole.get(0) + " --resource-group " + shell.quoted(resourceGroup) + " " + named + " "
                        + shell.quoted(option(call, whole.get(1))));
            } else if (ALONE.contains(group) && !option(call, "--name").isEmpty()) {
                all.add("az " + group + " show --resource-group " + shell.quoted(resourceGroup) + " --name "
                        + shell.quoted(option(call, "--name")));
            }
        }
        return List.copyOf(all);
    }

    /** The words of each call of az; a change for PowerShell is read as well, since both quote words alike enough. */
    private static List<List<String>> calls(String change) {
        List<List<String>> calls = new ArrayList<>();
        List<String> call = new ArrayList<>();
        for (Token token :
                CommandTemplate.parse(change.replace(" `\n", " \\\n")).tokens()) {
            if (token instanceof LineEnd) {
                calls.add(call);
                call = new ArrayList<>();
            } else if (token instanceof Word word) {
                call.add(word.text());
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

    private static String option(List<String> call, String name) {
        for (int i = 0; i < call.size(); i++) {
            if (call.get(i).equals(name) && i + 1 < call.size()) {
                return call.get(i + 1);
            }
            if (call.get(i).startsWith(name + "=")) {
                return call.get(i).substring(name.length() + 1);
            }
        }
        return "";
    }
}
