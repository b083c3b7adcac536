package dev.triage502.deliver.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.deliver.Reports;
import dev.triage502.deliver.ticket.Ticket.Part;
import dev.triage502.deliver.ticket.Ticket.Stage;
import dev.triage502.ledger.MessageReason;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TicketTest {

    @Test
    void saysAllThatAMessageSaysInTheOrderInWhichAReaderNeedsIt() {
        Ticket ticket = Reports.event(MessageReason.CHANGED).ticket();

        assertThat(ticket.incident()).isEqualTo("agw-prod-20260302T0814-abc123");
        assertThat(ticket.sections())
                .extracting(Ticket.Section::part)
                .containsExactly(Part.WHAT, Part.NUMBERS, Part.FIRST, Part.WHY, Part.NOT_CHECKED, Part.LINKS);
        assertThat(ticket.sections().toString()).contains("120 of 400", "az network nsg rule create", "Open report");
        assertThat(ticket.update().toString()).contains("What happened: changed.", ticket.title());
    }

    @Test
    void losesWhatIsNeededLeastFirstAndSaysSo() {
        Ticket ticket = Reports.notice(Reports.long_(), "key").ticket();
        Ticket shortest = ticket;
        for (Optional<Ticket> less = ticket.withLess(); less.isPresent(); less = shortest.withLess()) {
            shortest = less.get();
        }

        assertThat(ticket.withLess().orElseThrow().sections())
                .extracting(Ticket.Section::part)
                .contains(Part.FIRST, Part.NUMBERS, Part.CUT);
        assertThat(shortest.sections())
                .extracting(Ticket.Section::part)
                .containsExactly(Part.WHAT, Part.FIRST, Part.WHY, Part.LINKS, Part.CUT);
        assertThat(shortest.sections().toString())
                .contains("Shortened. Open the report.")
                .hasSizeLessThan(5_000);
    }

    @ParameterizedTest
    @CsvSource({
        "FIRST_DIAGNOSIS, OPEN",
        "CHANGED, OPEN",
        "RECURRED, OPEN",
        "FLAPPING, OPEN",
        "RESOLVED, AS_IS",
        "GIVEN_UP, AS_IS",
        "RECOVERED, CLOSED"
    })
    void isClosedOnlyOnAMeasuredRecovery(MessageReason event, Stage stage) {
        assertThat(Reports.event(event).ticket().stage()).isEqualTo(stage);
    }
}
