package dev.triage502.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceholderFillerTest {

    @Test
    void putsNamesIn() {
        assertThat(fill("pool", "orders").command("az x --name {pool}").text()).isEqualTo("az x --name orders");
    }

    @Test
    void showsWhatIsNotKnownInAngleBracketsAndSaysSoOnce() {
        PlaceholderFiller.Filled filled =
                fill("pool", "orders").command("az x --name {pool} --a {priority} --b {priority}");
        assertThat(filled.text()).isEqualTo("az x --name orders --a <priority> --b <priority>");
        assertThat(filled.missing()).containsExactly("priority");
    }

    @Test
    void leavesShellAndJsonAlone() {
        String command = "curl -w '%{http_code}' ${x} --logs '[{\"category\":\"a\"}]' --query \"{a:b}\"";
        assertThat(fill("x", "1").command(command).text()).isEqualTo(command);
    }

    @Test
    void givesEachWordOfAListAsAnArgument() {
        assertThat(fill("servers", "10.0.0.4, a;b")
                        .command("--servers {servers}")
                        .text())
                .isEqualTo("--servers 10.0.0.4 'a;b'");
    }

    @Test
    void anIdWithABlankInItIsOneWord() {
        String group = "/subscriptions/s/resourceGroups/Größe 東京/providers/Microsoft.Compute/virtualMachines/";

        assertThat(fill("stopped-ids", group + "a " + group + "b")
                        .command("az vm start --ids {stopped-ids}")
                        .text())
                .isEqualTo("az vm start --ids '" + group + "a' '" + group + "b'");
    }

    @Test
    void takesTheFirstOfSeveralAddressesWhereOneIsAskedFor() {
        PlaceholderFiller fill = fill("address", "10.0.0.4 10.0.0.5");
        assertThat(fill.command("--dest-address {address}").text()).isEqualTo("--dest-address 10.0.0.4");
        assertThat(fill.prose("to {address}").text()).isEqualTo("to 10.0.0.4, 10.0.0.5");
    }

    @Test
    void quotesCommandsWithinProse() {
        assertThat(fill("path", "/a b")
                        .prose("Path {path}: `az --path {path}`.")
                        .text())
                .isEqualTo("Path /a b: `az --path '/a b'`.");
    }

    @Test
    void knowsConditions() {
        PlaceholderFiller fill = new PlaceholderFiller(Map.of("generation", "v1", "blank", " "));
        assertThat(fill.holds(new CausePage.Condition("generation", ""))).isTrue();
        assertThat(fill.holds(new CausePage.Condition("generation", "V1"))).isTrue();
        assertThat(fill.holds(new CausePage.Condition("generation", "v2"))).isFalse();
        assertThat(fill.holds(new CausePage.Condition("blank", ""))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$(touch pwned)",
                "`touch pwned`",
                "a'; touch pwned; '",
                "a\"; touch pwned; \"",
                "a\\",
                "!!",
                "a|b&c>d",
                "x;touch pwned;",
                "x\u001b[2Jy",
                "$HOME",
                "*"
            })
    void aShellTakesAValueAsOneWordAndRunsNothingInIt(String value) throws Exception {
        for (String template : List.of(
                "printf %s {x}",
                "printf %s \"{x}\"",
                "printf %s '{x}'",
                "printf %s \"$(printf %s {x})\"",
                "printf %s \"$(printf %s \"{x}\")\"")) {
            String command = fill("x", value).command(template).text();
            Process shell = new ProcessBuilder("bash", "-c", command).start();
            assertThat(shell.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .as(command)
                    .isEqualTo(value);
        }
    }

    private static PlaceholderFiller fill(String name, String value) {
        return new PlaceholderFiller(Map.of(name, value));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--host-name,=a.example.com | --host-name a.example.com",
                "--remove,=hostName | --remove hostName",
                "--host-name,=-x | --host-name=-x",
                "--host-name,=--x | --host-name=--x",
                "--host-name,=a b;c | --host-name 'a b;c'",
                "--match-body,= | --match-body ''",
                "--match-status-codes,=200-399,=401 | --match-status-codes 200-399 401",
                "--match-status-codes,=200-399,=-x | <setting-host-before>",
                "--host-name,=@file | <setting-host-before>",
            })
    void putsOptionsInThatDependOnTheDocument(String value, String expected) {
        PlaceholderFiller fill = new PlaceholderFiller(Map.of("setting-host-before", value.replace(',', '\n')));

        assertThat(fill.command("az x {setting-host-before} --name y").text())
                .isEqualTo("az x " + expected + " --name y");
    }

    @Test
    void takesAnOrdinaryValueForNoOption() {
        PlaceholderFiller fill = new PlaceholderFiller(Map.of("host", "--x"));

        assertThat(fill.command("az x --host-name {host}").text()).isEqualTo("az x --host-name=--x");
    }
}
