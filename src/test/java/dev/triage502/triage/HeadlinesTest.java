package dev.triage502.triage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The headlines of all bundled cases: short enough for a lock screen, and free of what only a program would say. */
class HeadlinesTest {

    private static List<String> headlines = List.of();

    @BeforeAll
    static void read() {
        headlines = TriagedCase.all().stream()
                .map(each -> each.report().headline())
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    @Test
    void nineInTenFitALockScreen() {
        List<String> tooLong =
                headlines.stream().filter(each -> each.length() > 90).toList();
        String worst = headlines.stream()
                .limit(10)
                .map(each -> "\n  " + each.length() + " " + each)
                .collect(Collectors.joining());

        assertThat(tooLong)
                .as("more than 90 characters, of %d headlines; the longest:%s", headlines.size(), worst)
                .hasSizeLessThanOrEqualTo(headlines.size() / 10);
    }

    @Test
    void noneHasAHoleOrAValueAsAzureSpellsIt() {
        assertThat(headlines)
                .noneMatch(each -> each.contains("<") || each.contains("{"))
                .noneMatch(each -> each.matches(".*\\b(Https?|Tls|Tcp)\\b.*"))
                .noneMatch(each -> each.matches(".*(?<![\\d.,:-])1 (instance|server)s\\b.*"))
                .noneMatch(each -> each.matches(".*[0-9a-f]{8}-[0-9a-f]{4}-.*"));
    }

    @Test
    void onlyAGatewayThatFailsIsSaidToReturn502() {
        assertThat(headlines)
                .filteredOn(each -> each.contains(": recovered") || each.contains(": no 502s"))
                .isNotEmpty()
                .noneMatch(each -> each.startsWith("502 at"));
    }
}
