package dev.triage502.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"a\":[1,2.50,true,null,\"x\",12345678901234567890]}", "[]", "null", "\"x\"", " {\"a\":{}} \n"
            })
    void takesADocumentAsItIs(String text) throws StrictJson.Malformed {
        assertThat(StrictJson.parse(text).toString()).isEqualTo(text.strip());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"a\":",
                "[1,2",
                "{\"a\":1}{",
                "{\"a\":1} x",
                "<html>",
                "{a:1}",
                "{'a':1}",
                "[1,]",
                "NaN",
                "{\"a\":tru",
                "\"x",
                "{\"a\" \"b\"}",
                "[1;2]",
                "// c\n{}",
                "hello"
            })
    void refusesWhatIsNotOneWholeDocument(String text) {
        assertThatThrownBy(() -> StrictJson.parse(text)).isInstanceOf(StrictJson.Malformed.class);
    }

    @Test
    void refusesADocumentThatNestsWithoutEnd() {
        assertThatThrownBy(() -> StrictJson.parse("[".repeat(1_000_000)))
                .isInstanceOf(StrictJson.Malformed.class)
                .hasMessageContaining("nested levels");
    }
}
