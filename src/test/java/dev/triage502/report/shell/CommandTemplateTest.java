package dev.triage502.report.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandTemplateTest {

    private static final List<String> TEMPLATES = List.of(
            "az x --name {x}",
            "az x --name a-{x}",
            "az x --name \"{x}\"",
            "az x --name 'b {x}'",
            "id=$(az y --name {x})\naz x --name \"$id\"",
            "az x --name \"$(az y --name {x})\"",
            "az x --name \"$(az y --name \"c {x}\")\" --other {x}");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "orders",
                "rg-monitor(prod)",
                ";touch X;",
                "x;touch X;",
                "a && touch X",
                "it's",
                "say \"so\"",
                "two\nlines",
                "Größe 東京 👾",
                "$(touch X)",
                "`touch X`",
                "${HOME}",
                "$HOME",
                "a!x",
                "!!",
                "100%PATH%",
                "a|b",
                "<Z>",
                "*?",
                "{a,b}",
                "end\\",
                "#x",
                "~",
                "-x",
                "--x",
                "tab\there",
                "x\u001b[2Jy",
                "left\u202eright"
            })
    void bashHandsAValueOverWholeAndRunsNothingInIt(String value) throws Exception {
        for (String template : TEMPLATES) {
            FilledCommand filled = fill(template, Map.of("x", List.of(value)), Shell.BASH);
            assertThat(filled.missing()).isEmpty();
            assertThat(filled.text()).doesNotContain("\u001b", "\u202e");
            String received = run(filled.text());
            assertThat(received.split(Pattern.quote(value), -1))
                    .as(filled.text() + " gave " + received)
                    .hasSize(template.split("\\{x}", -1).length);
        }
    }

    /** Runs it with an {@code az} that prints its arguments; what a call within prints becomes an argument of the outer one. */
    private static String run(String command) throws Exception {
        String stub = "az() { printf '[%s]' \"$@\"; }\n";
        Process shell = new ProcessBuilder("bash", "-c", stub + command).start();
        assertThat(shell.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(new String(shell.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .as(command)
                .isEmpty();
        return new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void leavesAloneWhatHasNoPlaceholder() {
        String command = "curl -w '%{http_code}\\n"
                + "' ${x} \\\n"
                + "  --logs '[{\"category\":\"a\"}]' --query \"{a:b}\" </dev/null | head -n 2";
        assertThat(fill(command, Map.of(), Shell.BASH).text()).isEqualTo(command);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '~',
            value = {
                "az x --pool {x} => o'r => az x --pool 'o'\\''r'",
                "az x --query \"[?name=='{x}']\" => pool => az x --query \"[?name=='pool']\"",
                "az x --query \"[?name=='{x}']\" => o'r => az x --query '[?name=='\\''o\\'\\''r'\\'']'",
                "az x --analytics-query \"T | where Pool == '{x}'\" => a'b\\c => az x --analytics-query 'T | where Pool"
                        + " == '\\''a\\'\\''b\\\\c'\\'''",
                "az x --filter \"name eq '{x}'\" => o'r => az x --filter \"name eq 'o''r'\"",
                "az x --body '{\"a\":\"{x}\"}' => say \"so\" => az x --body '{\"a\":\"say \\\"so\\\"\"}'",
                "az x --name {x} => -dash => az x --name=-dash",
                "az x --name {x} --last => two words => az x --name 'two words' --last",
            })
    void escapesForTheLanguageWithin(String template, String value, String expected) {
        assertThat(fill(template, Map.of("x", List.of(value)), Shell.BASH).text())
                .isEqualTo(expected);
    }

    @Test
    void givesEachWordOfAListAsAnArgument() {
        Map<String, List<String>> servers = Map.of("x", List.of("10.0.0.4", "a;b"));
        assertThat(fill("az x --servers {x} --y", servers, Shell.BASH).text())
                .isEqualTo("az x --servers 10.0.0.4 'a;b' --y");
        assertThat(fill("az x --servers {x} --y", servers, Shell.POWERSHELL).text())
                .isEqualTo("az x --servers 10.0.0.4 'a;b' --y");
    }

    @Test
    void saysWhatIsNotKnownAndWhatCannotBeHandedOver() {
        FilledCommand unknown = fill("az x --a {x} --b {x} --url http://{y}/", Map.of("y", List.of("h")), Shell.BASH);
        assertThat(unknown.text()).isEqualTo("az x --a <x> --b <x> --url http://h/");
        assertThat(unknown.missing()).containsExactly("x");
        assertThat(unknown.refused()).isEmpty();

        FilledCommand file = fill("az x --a {x}", Map.of("x", List.of("@secret")), Shell.BASH);
        assertThat(file.text()).isEqualTo("az x --a <x>");
        assertThat(file.refused()).containsEntry("x", "az reads a file where a value begins with @");
        assertThat(fill("curl {x}", Map.of("x", List.of("@a")), Shell.BASH).text())
                .isEqualTo("curl @a");

        FilledCommand option = fill("nslookup {x}", Map.of("x", List.of("-type=any")), Shell.BASH);
        assertThat(option.text()).isEqualTo("nslookup <x>");
        assertThat(option.refused()).containsKey("x");

        FilledCommand percent = fill("az x --a {x}", Map.of("x", List.of("%PATH%")), Shell.POWERSHELL);
        assertThat(percent.text()).isEqualTo("az x --a <x>");
        assertThat(percent.refused()).containsKey("x");
        for (String refused : List.of(
                "az x --a {x} => a\"b",
                "az x --a {x} => a\nb",
                "kubectl x --a {x} => a\"b",
                "./triage502 x --a {x} => %a%",
                "az x --a {x} => a b\\")) {
            String[] parts = refused.split(" => ");
            assertThat(fill(parts[0], Map.of("x", List.of(parts[1])), Shell.POWERSHELL)
                            .refused())
                    .as(refused)
                    .containsOnlyKeys("x");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '~',
            value = {
                "az x --name {x} => it's => az x --name 'it''s'",
                "az x --name {x} => it\u2019s => az x --name 'it\u2019\u2019s'",
                "az x --name {x} => rg(prod) => az x --name '\"rg(prod)\"'",
                "az x --name {x} => a&b => az x --name '\"a&b\"'",
                "az x --name {x} => a & b => az x --name 'a & b'",
                "./triage502 diagnose --gateway {x} => rg(prod) => .\\triage502.cmd diagnose --gateway '\"rg(prod)\"'",
                "az x --name {x} => -a => az x '--name=-a'",
                "az x --name {x} => -a&b => az x '\"--name=-a&b\"'",
                "az x --name {x} => \u202ea&b => az x --name \"`\"$([char]8238)a&b`\"\"",
                "kubectl apply --filename {x} => - => kubectl apply '--filename=-'",
                "openssl s_client -tls1_2 -connect {x} => h:1 => openssl s_client '-tls1_2' -connect h:1",
                "az x --name {x} => $HOME => az x --name '$HOME'",
                "az x --name {x} --query \"[].[name, port]\" => a => az x --name a --query '[].[name, port]'",
                "curl --silent {x} => https://a.example/?a=1&b=2 => curl.exe --silent 'https://a.example/?a=1&b=2'",
                "./triage502 diagnose --gateway {x} => /a => .\\triage502.cmd diagnose --gateway /a",
            })
    void writesPowerShell(String template, String value, String expected) {
        assertThat(fill(template, Map.of("x", List.of(value)), Shell.POWERSHELL).text())
                .isEqualTo(expected);
    }

    @Test
    void saysInPowerShellWhatBashDoesWithLinesVariablesAndKnownPipes() {
        assertThat(fill(
                                "id=$(az y --name {x})\naz x \\\n  --name \"$id\"",
                                Map.of("x", List.of("a b")),
                                Shell.POWERSHELL)
                        .text())
                .isEqualTo("$id = az y --name 'a b'\naz x `\n  --name \"`\"${id}`\"\"");
        assertThat(fill("id=$(az y --query customerId)\naz x --name \"$id\"", Map.of(), Shell.POWERSHELL)
                        .text())
                .isEqualTo("$id = az y --query customerId\naz x --name \"${id}\"");
        assertThat(fill(
                                "openssl s_client -connect {x}:443 </dev/null | openssl x509 -noout | head -n 3",
                                Map.of("x", List.of("h")),
                                Shell.POWERSHELL)
                        .text())
                .isEqualTo("'' | openssl s_client -connect h:443 | openssl x509 -noout | Select-Object -First 3");
        for (String unsaid : List.of("az x > file", "ss --tcp", "az x && az y", "az x --logs '[{\"a\":1}]'")) {
            assertThat(fill(unsaid, Map.of(), Shell.POWERSHELL)).as(unsaid).isEqualTo(FilledCommand.NONE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"two\nlines", "it's\ta\\b", "left\u202eright", "a\u001bb"})
    void readsBackWhatItWrites(String value) {
        String written =
                fill("az x --name {x}", Map.of("x", List.of(value)), Shell.BASH).text();
        assertThat(written).contains("$'");
        assertThat(CommandTemplate.parse(written).tokens())
                .last()
                .satisfies(word -> assertThat(((Token.Word) word).text()).isEqualTo(value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"az x --name 'a", "az x --name \"a", "az x $(az y", "az x $'a"})
    void refusesWhatIsLeftOpen(String command) {
        assertThatThrownBy(() -> CommandTemplate.parse(command))
                .isInstanceOf(UnreadableCommand.class)
                .hasMessageContaining("is not closed in \"" + command + "\"");
    }

    private static FilledCommand fill(String template, Map<String, List<String>> values, Shell shell) {
        return CommandTemplate.parse(template).fill(name -> values.getOrDefault(name, List.of()), shell);
    }
}
