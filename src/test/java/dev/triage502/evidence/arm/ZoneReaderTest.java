package dev.triage502.evidence.arm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.Network.Zone;
import java.util.List;
import org.junit.jupiter.api.Test;

class ZoneReaderTest {

    private static final String ZONE =
            "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/privateDnsZones/contoso.com";

    private static Zone zone(String... records) {
        StringBuilder resources = new StringBuilder("[{'id':'" + ZONE + "','properties':{}}");
        for (String record : records) {
            resources.append(',').append(record);
        }
        return ZoneReader.zones(ArmObject.list(Json.of(resources + "]")), new Losses())
                .get(0);
    }

    private static String address(String name, String address) {
        return "{'id':'" + ZONE + "/A/" + name + "','name':'" + name + "','properties':{'aRecords':[{'ipv4Address':'"
                + address + "'}]}}";
    }

    private static String alias(String name, String other) {
        return "{'id':'" + ZONE + "/CNAME/" + name + "','name':'" + name + "','properties':{'cnameRecord':{'cname':'"
                + other + "'}}}";
    }

    private static boolean linksRead(String properties) {
        String zone = "[{'id':'" + ZONE + "','properties':{" + properties + "}},{'id':'" + ZONE
                + "/virtualNetworkLinks/l','name':'l','properties':{'virtualNetwork':{'id':'/subscriptions/s/v'}}}]";
        return ZoneReader.zones(ArmObject.list(Json.of(zone)), new Losses())
                .get(0)
                .linksRead();
    }

    @Test
    void aZoneOfWhichOnlyALinkIsSeenIsInNoListOfZones() {
        List<ArmObject> link = ArmObject.list(Json.of("[{'id':'" + ZONE
                + "/virtualNetworkLinks/l','name':'l','properties':{'virtualNetwork':{'id':'/subscriptions/s/v'}}}]"));

        assertThat(ZoneReader.zones(link, new Losses())).isEmpty();
        assertThat(ZoneReader.byLink(link)).extracting(Zone::name).containsExactly("contoso.com");
    }

    @Test
    void linksThatTheZoneCountsAndNoneShowsAreNotRead() {
        assertThat(linksRead("'numberOfVirtualNetworkLinks':1")).isTrue();
        assertThat(linksRead("")).isTrue();
        assertThat(linksRead("'numberOfVirtualNetworkLinks':2")).isFalse();
        assertThat(linksRead("'virtualNetworkLinks':null")).isFalse();
    }

    @Test
    void anAliasIsFollowedInsideTheZonesInAnyCase() {
        assertThat(zone(address("Api", "10.0.0.4"), alias("shop", "API.Contoso.com."))
                        .records())
                .containsEntry("shop", List.of("10.0.0.4"));
    }

    @Test
    void anAliasThatLeadsOutStaysAName() {
        assertThat(zone(alias("shop", "shop.azurewebsites.net")).records())
                .containsEntry("shop", List.of("shop.azurewebsites.net"));
    }

    @Test
    void aliasesInACircleEnd() {
        assertThat(zone(alias("a", "b.contoso.com"), alias("b", "a.contoso.com"))
                        .records())
                .containsKeys("a", "b");
    }
}
