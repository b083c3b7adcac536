package dev.triage502.incident;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ArmNameTest {

    @Test
    void namesThatDifferInCaseAreOneAndKeepTheirSpelling() {
        ArmName name = ArmName.of("Pool-Web");

        assertThat(name)
                .isEqualTo(ArmName.of("pool-WEB"))
                .hasSameHashCodeAs(ArmName.of("pool-web"))
                .isEqualByComparingTo(ArmName.of("POOL-web"))
                .hasToString("Pool-Web");
        assertThat(name.is("POOL-WEB")).isTrue();
        assertThat(name).isNotEqualTo(ArmName.of("pool-web2"));
    }

    /** In a Turkish locale the lower case of I is another letter. */
    @Test
    void theLocaleOfTheMachineChangesNothing() {
        java.util.Locale before = java.util.Locale.getDefault();
        try {
            java.util.Locale.setDefault(java.util.Locale.forLanguageTag("tr-TR"));
            assertThat(ArmName.of("API")).isEqualTo(ArmName.of("api"));
        } finally {
            java.util.Locale.setDefault(before);
        }
    }
}
