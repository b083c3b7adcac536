package dev.triage502.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainTextTest {

    @ParameterizedTest
    @CsvSource({
        "001b, \\x1b",
        "0000, \\x00",
        "0007, \\x07",
        "0008, \\x08",
        "007f, \\x7f",
        "009b, \\x9b",
        "2028, \\u2028",
        "2029, \\u2029",
        "202e, \\u202e",
        "2066, \\u2066",
        "200f, \\u200f",
        "061c, \\u061c",
        "200b, \\u200b",
        "feff, \\ufeff",
        "00ad, \\xad",
        "d800, \\ud800",
        "e0041, \\U000e0041"
    })
    void whatDoesNotPrintIsSpelled(String code, String spelled) {
        String hostile = "a" + Character.toString(Integer.parseInt(code, 16)) + "b";

        assertThat(PlainText.line(hostile)).isEqualTo("a" + spelled + "b");
        assertThat(PlainText.lines("x\n" + hostile)).isEqualTo("x\na" + spelled + "b");
    }

    @Test
    void aLineStaysOneLine() {
        assertThat(PlainText.line(" one\r\n two\t\n\nthree ")).isEqualTo("one two three");
    }

    @Test
    void linesStayLines() {
        assertThat(PlainText.lines("az login\r\naz account show\n")).isEqualTo("az login\naz account show\n");
    }

    /** A carriage return alone would write over what stands on the line. */
    @Test
    void aBareCarriageReturnIsSpelled() {
        assertThat(PlainText.lines("safe\rforged")).isEqualTo("safe\\x0dforged");
    }

    @Test
    void whatPeopleWriteStays() {
        String text = "münchen.example, 東京, “quotes”, 👩‍💻, می‌خواهم, → …";

        assertThat(PlainText.line(text)).isEqualTo(text);
        assertThat(PlainText.lines(text)).isEqualTo(text);
    }
}
