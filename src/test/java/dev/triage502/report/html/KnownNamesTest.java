package dev.triage502.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.triage502.report.DiagnosisDocument;
import dev.triage502.report.html.PageView.Span;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownNamesTest {

    private static final DiagnosisDocument DOCUMENT =
            DiagnosisDocument.read(JsonParser.parseString("""
                {"schema": "triage502/diagnosis/v1", "gateway": "/subscriptions/s/applicationGateways/agw-shop",
                 "rootCause": {"target": {"name": "10.0.2.4", "on": {"pool": "images", "setting": "bs-web"}}},
                 "path": {"hops": [{"kind": "Client", "name": "shop.example.com"}, {"kind": "Listener", "name": "lis_1"}]},
                 "changes": [{"resource": "/subscriptions/s/virtualMachines/vm-7"}]}
                """).getAsJsonObject());

    /** Code is in angle brackets here. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        agw-shop sends to 10.0.2.4:8443.      | <agw-shop> sends to <10.0.2.4>:8443.
        It is 10.0.2.4. Then vm-7, (lis_1)    | It is <10.0.2.4>. Then <vm-7>, (<lis_1>)
        agw-shop-2, my-bs-web and 10.0.2.45   | agw-shop-2, my-bs-web and 10.0.2.45
        The images of shop.example.com        | The images of shop.example.com
        Set `bs-web` by `az x` on bs-web      | Set <bs-web> by <az x> on <bs-web>
        """)
    void namesAreCodeAndWordsAreNot(String text, String marked) {
        String shown = KnownNames.of(DOCUMENT).spans(text).stream()
                .map(span -> span.isCode() ? "<" + span.text() + ">" : span.text())
                .collect(Collectors.joining());

        assertThat(shown).isEqualTo(marked);
    }

    @ParameterizedTest
    @CsvSource({"out-internal-rest,false", "a-name-of-twenty-four-ch,true", "az group,true"})
    void aShortNameDoesNotBreak(String name, boolean breaks) {
        assertThat(new Span(name, true).isLong()).isEqualTo(breaks);
        assertThat(new Span(name, false).isLong()).isFalse();
    }
}
