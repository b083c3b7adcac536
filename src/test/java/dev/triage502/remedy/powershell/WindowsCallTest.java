package dev.triage502.remedy.powershell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.triage502.remedy.powershell.PowerShellParser.Parsed;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of Microsoft's pages and of cmd's own help, so that the model is not merely what the writer does. */
class WindowsCallTest {

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '~',
            value = {
                "a => a",
                "2+2 => 2+2",
                "--name=a.b => --name=a.b",
                "- => -",
                "'it''s' => it's",
                "'a b' => a b",
                "'$HOME' => $HOME",
                "'\"a&b\"' => a&b",
                "'\"rg(prod)\"' => rg(prod)",
                "'a & b' => a & b",
                "\"`\"${id}`\"\" => /rg(a)&b",
                "\"x`$y\" => x$y",
                "\"left$([char]8238)right\" => left\u202eright",
            })
    void givesWhatArrives(String word, String argument) {
        assertThat(call(word)).containsExactly(List.of("az", argument));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '~',
            value = {
                "'a&b' => cmd reads the &",
                "'rg(prod)' => cmd reads the (",
                "\"${id}\" => cmd reads the (",
                "'a^b' => cmd reads the ^",
                "'100%PATH%' => cmd reads the %",
                "'a b %PATH%' => cmd reads the %",
                "'say \"so' => left open",
                "'' => an empty word is lost",
                "a,b => not one plain word",
                "@args => not one plain word",
                "$HOME => not one plain word",
                "a'b => not one plain word",
                "'a'b' => not one plain word",
                "\"a\"b\" => not one string",
            })
    void refusesWhatDoesNotArrive(String word, String reason) {
        assertThatThrownBy(() -> call(word))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void aBackslashBeforeTheClosingQuoteEscapesIt() {
        assertThat(WindowsCommandLine.received(List.of("a b\\", "c"), true)).isNotEqualTo(List.of("a b\\", "c"));
    }

    private static List<List<String>> call(String word) {
        return WindowsCall.of(new Parsed("", List.of(List.of("az", word))), computed -> "/rg(a)&b");
    }
}
