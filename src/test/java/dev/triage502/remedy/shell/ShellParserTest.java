package dev.triage502.remedy.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that pages print, read as bash reads them. */
class ShellParserTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "az vm start --ids /a/b /c/d",
                "az x --name 'it'\\''s' --query \"a \\\"b\\\" \\$c \\\\ 'd'\"",
                "az x --set \"aRecords[0].ipv4Address=10.0.0.1\" \\\n  --ports \"*\" '*'",
                "az x '' \"\" a\"b\"'c'd",
                "az x --logs '[{\"category\":\"A\",\"enabled\":true}]' # not this",
                "az x ünïcode 'line\nbreak' \"two\nlines\" \\$HOME a\\ b",
                "az x --set backendAddresses=[] a=b=c @file -5 100% ^x x#y a~b a!",
                "az x \"!\" 'a!b' \"a\"'!'\"b\" a= {} a{b}",
            })
    void splitsAsBashDoes(String command) throws Exception {
        List<String> words = ShellScript.parse(command).commands().get(0).words().stream()
                .map(word -> word.text().orElseThrow())
                .toList();

        assertThat(words).isEqualTo(asBash(command));
    }

    @Test
    void aSubstitutionIsAScriptOfItsOwn() {
        ShellScript script =
                ShellScript.parse("az a --workspace \"$(az b --ids <workspace> --output tsv)\" --query \"x | y\"");

        assertThat(script.all()).hasSize(2).allMatch(ShellCommand::isAz);
        assertThat(script.commands().get(0).words().get(3).text()).isEmpty();
        assertThat(script.placeholders()).containsExactly("workspace");
    }

    @Test
    void pipesAndRedirectionsEndACommandAndAreNoWords() {
        List<ShellCommand> commands = ShellScript.parse(
                        "openssl s_client -connect a:443 </dev/null 2>/dev/null | grep -E \"s:|i:\"\naz b")
                .commands();

        assertThat(commands).extracting(ShellCommand::after).containsExactly("|", "\n", "");
        assertThat(commands.get(0).redirections()).containsExactly("</dev/null", "2>/dev/null");
        assertThat(commands.get(0).words()).hasSize(4);
    }

    @Test
    void aVariableHasTheValueThatWasGivenToIt() {
        ShellScript script = ShellScript.parse("id='a b'\naz x --ids \"$id/c\"");

        assertThat(script.commands().get(0).assigned().get("id").text()).contains("a b");
        assertThat(script.commands().get(1).words().get(3).text(java.util.Map.of("id", "a b")))
                .contains("a b/c");
        assertThat(script.commands().get(1).words().get(3).text()).isEmpty();
    }

    @Test
    void whatIsGivenToAVariableIsOneWordWithoutQuotes() {
        ShellScript script = ShellScript.parse("id=$(az y --query a)\naz x --ids \"$id\"");

        assertThat(script.all()).extracting(each -> each.words().size()).containsExactly(4, 0, 4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "az x --name rg-monitor(prod)",
                "az x --ports *",
                "az x --set aRecords[0].x=1",
                "az x 'open",
                "az x \"open",
                "az x \"$(az y\"",
                "az x $(az y)",
                "az x $id",
                "az x `az y`",
                "az x \"a!b\"",
                "az x {a,b}",
                "az x &",
                "az x --file <",
                "for i in 1 2; do az x; done",
                "if true; then az x; fi",
                "cat <<END\nEND",
                "az x ~/file",
                "; az x",
                "az x \\",
                "az x )",
            })
    void whatBashWouldChangeOrRefuseIsRefused(String command) {
        assertThatThrownBy(() -> ShellScript.parse(command)).isInstanceOf(CannotParse.class);
    }

    private static List<String> asBash(String command) throws Exception {
        String stub = "az() { printf '%s\\0' \"$@\"; }\n" + command;
        Process bash = new ProcessBuilder("bash", "--norc", "-c", stub).start();
        String printed = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).isZero();
        List<String> words = new java.util.ArrayList<>(List.of("az"));
        words.addAll(List.of(printed.substring(0, printed.length() - 1).split("\0", -1)));
        return words;
    }
}
