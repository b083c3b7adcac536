package dev.triage502.remedy.powershell;

import dev.triage502.remedy.powershell.PowerShellParser.Parsed;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The programs that a text for PowerShell calls, each with the arguments that it gets on Windows. */
public final class WindowsCall {

    private static final Set<String> BATCH_FILES = Set.of("az", ".\\triage502.cmd");

    private static final Set<String> PROGRAMS =
            Set.of("az", ".\\triage502.cmd", "curl.exe", "kubectl", "nslookup", "openssl");

    /** PowerShell's own commands, and those that a script brings with it. */
    private static final Set<String> OWN = Set.of(
            "Select-Object",
            "Select-String",
            "Write-Host",
            "Read-Host",
            "Get-Date",
            "New-Item",
            "Out-Null",
            "Set-Content",
            "Confirm-Step",
            "Stop-OnError",
            "Undo-Change");

    private WindowsCall() {}

    /**
     * The calls of a parsed text, without PowerShell's own commands.
     *
     * @param computed what a variable or a command within a word is worth, by its text
     * @throws IllegalArgumentException if it is not PowerShell, or an argument does not arrive as it is written
     */
    public static List<List<String>> of(Parsed parsed, UnaryOperator<String> computed) {
        if (!parsed.notTaken().isEmpty()) {
            throw new IllegalArgumentException("not PowerShell: " + parsed.notTaken());
        }
        List<List<String>> calls = new ArrayList<>();
        for (List<String> command : parsed.commands()) {
            String program = command.get(0);
            if (PROGRAMS.contains(program)) {
                List<String> words = command.subList(1, command.size()).stream()
                        .map(word -> PowerShellWord.value(word, computed))
                        .toList();
                List<String> call = new ArrayList<>(List.of(program));
                call.addAll(WindowsCommandLine.received(words, BATCH_FILES.contains(program)));
                calls.add(call);
            } else if (!OWN.contains(program)) {
                throw new IllegalArgumentException("runs " + program);
            }
        }
        return calls;
    }
}
