package dev.triage502.evidence.arm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows of logs, whatever table or account they come from. */
class LogRowTest {

    private static List<LogRow> rows(String document) {
        return rows(document, new Losses());
    }

    private static List<LogRow> rows(String document, Losses losses) {
        return LogRow.rows(JsonParser.parseString(document), losses);
    }

    private static LogRow only(String row) {
        List<LogRow> rows = rows("[" + row + "]");
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }

    @ParameterizedTest
    @CsvSource({"ErrorInfo", "error_info", "error_info_s", "ERRORINFO"})
    void aColumnIsKnownByOneNameInEveryTable(String column) {
        assertThat(only("{'" + column + "':'x'}").text("errorinfo")).isEqualTo("x");
    }

    @Test
    void fieldsOfARawRecordsPropertiesAreColumns() {
        LogRow row = only("{'time':'t','properties':{'httpStatus':502}}");

        assertThat(row.text("httpstatus")).isEqualTo("502");
        assertThat(row.text("time")).isEqualTo("t");
        assertThat(row.has("httpstatus")).isTrue();
        assertThat(row.has("other")).isFalse();
    }

    @Test
    void rowsAreFoundInAnArrayInRecordsAndInAListOfValues() {
        assertThat(rows("[{'a':1},{'a':2}]")).hasSize(2);
        assertThat(rows("{'records':[{'a':1}]}")).hasSize(1);
        assertThat(rows("{'value':[{'a':1}]}")).hasSize(1);
        assertThatThrownBy(() -> rows("{'x':[]}"))
                .isInstanceOf(MalformedDocument.class)
                .hasMessageContaining("rows");
    }

    @Test
    void tablesOfAQueryGiveTheirRowsByColumn() {
        Losses losses = new Losses();
        List<LogRow> rows = rows(
                "{'tables':[{'columns':[{'name':'a'},{'name':'b_s'}],'rows':[[1,'x'],[2],[1,2,3],5]},{'columns':[]}]}",
                losses);

        assertThat(rows).extracting(row -> row.text("a") + row.text("b")).containsExactly("1x", "2");
        assertThat(losses.words()).hasSize(3);
    }

    @Test
    void ofTwoColumnsOfOneNameTheFullerCounts() {
        assertThat(only("{'x_s':'','x_d':5}").text("x")).isEqualTo("5");
        assertThat(only("{'x_d':5,'x_s':''}").text("x")).isEqualTo("5");
        assertThat(only("{'x_d':5,'x_s':null}").text("x")).isEqualTo("5");
        assertThat(only("{'x_s':null}").has("x")).isFalse();
    }

    @Test
    void aDashStandsForNothing() {
        assertThat(only("{'x':'-'}").text("x")).isEmpty();
        assertThat(only("{'x':'502, -'}").last("x")).isEmpty();
        assertThat(only("{'y':1}").text("x")).isEmpty();
    }

    @Test
    void ofWhatARetryJoinedTheLastTryCounts() {
        LogRow row = only("{'status':'502, 200','taken':' 0.5 '}");

        assertThat(row.last("status")).isEqualTo("200");
        assertThat(row.integer("status")).isEqualTo(OptionalInt.of(200));
        assertThat(row.number("taken")).isEqualTo(OptionalDouble.of(0.5));
    }

    @ParameterizedTest
    @CsvSource({"''", "none", "NaN", "Infinity"})
    void whatIsNoNumberIsNone(String text) {
        assertThat(only("{'x':'" + text + "'}").number("x")).isEmpty();
        assertThat(only("{'x':'" + text + "'}").integer("x")).isEmpty();
    }

    @Test
    void aColumnThatHoldsNoTextIsUnreadable() {
        LogRow row = only("{'list':[1],'properties':{'inner':{'a':1},'fine':'x'},'text':'y'}");

        assertThat(row.isUnreadable(Set.of("list"))).isTrue();
        assertThat(row.isUnreadable(Set.of("inner"))).isTrue();
        assertThat(row.isUnreadable(Set.of("properties"))).isTrue();
        assertThat(row.isUnreadable(Set.of("fine", "text"))).isFalse();
    }
}
