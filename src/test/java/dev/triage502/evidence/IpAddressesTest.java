package dev.triage502.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.IpAddresses.Range;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressesTest {

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0,0,0",
        "10.0.1.4,167772420,167772420",
        "255.255.255.255,4294967295,4294967295",
        "' 10.0.1.4 ',167772420,167772420",
        "10.0.1.0/24,167772416,167772671",
        "10.0.1.4/24,167772416,167772671",
        "10.0.1.4/32,167772420,167772420",
        "0.0.0.0/0,0,4294967295",
        "10.0.1.4-10.0.1.6,167772420,167772422",
        "::1,1,1",
        "fd00::/8,336294682933583715844663186250927177728,337623910929368631717566993311207522303"
    })
    void readsAddressesPrefixesAndRanges(String text, String first, String last) {
        assertThat(IpAddresses.parse(text)).get().satisfies(range -> {
            assertThat(range.first()).hasToString(first);
            assertThat(range.last()).hasToString(last);
            assertThat(range.six()).isEqualTo(text.contains(":"));
            assertThat(range.text()).isEqualTo(text.strip());
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "app.example.com",
                "10.0.1",
                "10.0.1.",
                "10.0.1.4.5",
                "10.0.1.256",
                ".10.0.1",
                "10.0.1.4/33",
                "10.0.1.0/x",
                "10.0.1.x",
                "1oo.example.com",
                "VirtualNetwork",
                "*",
                "fe80::1::2"
            })
    void takesNothingElseForAnAddress(String text) {
        assertThat(IpAddresses.parse(text)).isEmpty();
        assertThat(IpAddresses.isAddress(text)).isFalse();
    }

    @Test
    void oneAddressIsNeitherAPrefixNorARange() {
        assertThat(IpAddresses.isAddress("10.0.1.4")).isTrue();
        assertThat(IpAddresses.isAddress("fd00::4")).isTrue();
        assertThat(IpAddresses.isAddress("10.0.1.4/32")).isFalse();
        assertThat(IpAddresses.isAddress("10.0.1.4-10.0.1.5")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "10.255.255.255,true",
        "11.0.0.0,false",
        "172.15.255.255,false",
        "172.16.0.0,true",
        "172.31.255.255,true",
        "172.32.0.0,false",
        "192.168.3.4,true",
        "100.64.0.1,true",
        "100.128.0.1,false",
        "203.0.113.7,false",
        "fd00::4,true",
        "2001:db8::4,false",
        "10.0.0.0/7,false"
    })
    void knowsWhatIsReachedInsidePrivateNetworksOnly(String text, boolean isPrivate) {
        assertThat(IpAddresses.isPrivate(range(text))).isEqualTo(isPrivate);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.1.0,10.0.1.255,10.0.1.0/24",
        "10.0.1.4,10.0.1.4,10.0.1.4",
        "10.0.1.4,10.0.1.5,10.0.1.4/31",
        "10.0.1.5,10.0.1.6,10.0.1.5-10.0.1.6",
        "10.0.1.0,10.0.1.2,10.0.1.0-10.0.1.2",
        "0.0.0.0,255.255.255.255,0.0.0.0/0",
        "fd00::,fd00::ffff,fd00::/112",
        "fd00::1,fd00::2,fd00::1-fd00::2"
    })
    void writesWhatLiesBetweenAsAPrefixWhereItIsOne(String first, String last, String text) {
        Range between = IpAddresses.between(
                first.contains(":"), range(first).first(), range(last).first());

        assertThat(between.text()).isEqualTo(text);
        assertThat(IpAddresses.parse(text)).contains(between);
    }

    @ParameterizedTest
    @CsvSource({"10.0.1.0/24,24", "10.0.1.4,32", "0.0.0.0/0,0", "fd00::/8,8", "fd00::4,128"})
    void saysHowManyBitsAreFixed(String text, int length) {
        assertThat(range(text).prefixLength()).isEqualTo(length);
    }

    @Test
    void holdsAndMeetsOnlyItsOwnFamily() {
        Range wide = range("10.0.0.0/23");
        assertThat(wide.contains(range("10.0.1.255"))).isTrue();
        assertThat(wide.contains(range("10.0.0.0/22"))).isFalse();
        assertThat(wide.contains(range("10.0.2.0"))).isFalse();
        assertThat(wide.overlaps(range("10.0.0.0/8"))).isTrue();
        assertThat(wide.overlaps(range("10.0.1.255-10.0.2.9"))).isTrue();
        assertThat(wide.overlaps(range("10.0.2.0/24"))).isFalse();
        assertThat(range("0.0.0.0/0").contains(range("::1"))).isFalse();
        assertThat(range("0.0.0.0/0").overlaps(range("::1"))).isFalse();
    }

    @Test
    void sortsAsNumbersWithTheOlderFamilyFirstAndNamesLast() {
        List<String> sorted = List.of(
                "9.0.0.1",
                "10.0.0.9",
                "10.0.0.10",
                "10.0.2.1",
                "fd00::9",
                "fd00::10",
                "a.example.com",
                "b.example.com");
        for (int seed = 0; seed < 50; seed++) {
            List<String> shuffled = new ArrayList<>(sorted);
            Collections.shuffle(shuffled, new Random(seed));
            shuffled.sort(IpAddresses.ORDER);
            assertThat(shuffled).isEqualTo(sorted);
        }
    }

    @Test
    void twoWaysOfWritingOneAddressAreTheSame() {
        assertThat(IpAddresses.compare("fd00:0:0::9", "fd00::9")).isZero();
        assertThat(IpAddresses.ORDER.compare("fd00:0:0::9", "fd00::9")).isNotZero();
    }

    private static Range range(String text) {
        return IpAddresses.parse(text).orElseThrow(() -> new AssertionError(text));
    }
}
