package dev.triage502.analysis.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The values were computed with exact fractions. */
class HypergeometricTailTest {

    @ParameterizedTest
    @CsvSource({
        "3, 5, 4, 20, -3.442277407",
        "38, 1328, 38, 6538, -60.997066143",
        "7, 20, 9, 60, -5.416564664",
        "90, 400, 100, 1000, -62.841700804"
    })
    void isTheTailOfTheHypergeometricDistribution(long failedWith, long with, long failed, long all, double expected) {
        assertThat(HypergeometricTail.logProbability(failedWith, with, failed, all))
                .isCloseTo(expected, within(1e-7));
    }

    @Test
    void noMoreThanExpectedIsNoDifference() {
        assertThat(HypergeometricTail.logProbability(2, 50, 4, 100)).isZero();
        assertThat(HypergeometricTail.logProbability(0, 50, 4, 100)).isZero();
        assertThat(HypergeometricTail.logProbability(4, 100, 4, 100)).isZero();
    }

    @Test
    void millionsOfRequestsAreCounted() {
        assertThat(HypergeometricTail.logProbability(40, 10_000_000, 40, 80_000_000))
                .as("an eighth of the requests, forty times")
                .isCloseTo(40 * Math.log(0.125), within(1e-3));
    }

    @Test
    void countsThatContradictOneAnotherAreRefused() {
        assertThatThrownBy(() -> HypergeometricTail.logProbability(5, 4, 9, 20))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> HypergeometricTail.logProbability(1, 18, 9, 20))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isNoMoreOftenSmallThanItSays() {
        Random random = new Random(502);
        int below = 0;
        for (int i = 0; i < 4000; i++) {
            int with = 0;
            for (int k = 0; k < 12; k++) {
                with += random.nextInt(100 - k) < 30 - with ? 1 : 0;
            }
            below += HypergeometricTail.logProbability(with, 30, 12, 100) <= Math.log(0.05) ? 1 : 0;
        }

        assertThat(below).as("of 4,000 at 5%").isBetween(1, 240);
    }
}
