package dev.triage502.evidence.arm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.triage502.evidence.Network;
import dev.triage502.evidence.Network.EffectiveRoute;
import dev.triage502.evidence.Network.EndpointPolicies;
import dev.triage502.evidence.Network.NextHop;
import dev.triage502.evidence.Network.Peering;
import dev.triage502.evidence.Network.Route;
import dev.triage502.evidence.Network.RouteSource;
import dev.triage502.evidence.Network.RouteTable;
import dev.triage502.evidence.Network.SecurityGroup;
import dev.triage502.evidence.Network.SecurityRule;
import dev.triage502.evidence.Network.Subnet;
import dev.triage502.evidence.Network.Zone;
import dev.triage502.evidence.Network.ZoneLink;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.evidence.Source;
import dev.triage502.incident.ArmName;
import dev.triage502.incident.ResourceId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkReaderTest {

    private static final String IN = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/";
    private static final String NSG = IN + "networkSecurityGroups/nsg";
    private static final String TABLE = IN + "routeTables/rt";
    private static final String ZONE = IN + "privateDnsZones/privatelink.azurewebsites.net";

    @Test
    void readsSubnetsWithOnePrefixOrSeveral() {
        Network network = read("{'virtualNetworks':[{'id':'" + IN + "virtualNetworks/v','properties':{"
                + "'addressSpace':{'addressPrefixes':['10.0.0.0/16']},'dhcpOptions':{'dnsServers':['10.0.9.5','10.0.9.4']},"
                + "'subnets':[{'name':'b','properties':{'addressPrefix':'10.0.2.0/24','addressPrefixes':[],"
                + "'networkSecurityGroup':{'id':'" + NSG
                + "'},'delegations':[{'properties':{'serviceName':'Microsoft.App/environments'}}]}},"
                + "{'name':'a','properties':{'addressPrefixes':['10.0.1.128/25','10.0.1.0/25'],'routeTable':{'id':'"
                + TABLE + "'}}}],"
                + "'virtualNetworkPeerings':[{'name':'hub','properties':{'peeringState':'Connected',"
                + "'allowVirtualNetworkAccess':true,'useRemoteGateways':true,"
                + "'remoteVirtualNetwork':{'id':'" + IN + "virtualNetworks/hub'},"
                + "'remoteAddressSpace':{'addressPrefixes':['10.9.0.0/16']}}}]}}]}");
        assertThat(network.virtualNetworks()).singleElement().satisfies(found -> {
            assertThat(found.dnsServers()).containsExactly("10.0.9.5", "10.0.9.4");
            assertThat(found.subnets())
                    .extracting(
                            subnet -> subnet.id().name(),
                            subnet -> subnet.prefixes().size(),
                            Subnet::delegations)
                    .containsExactly(tuple("a", 2, List.of()), tuple("b", 1, List.of("Microsoft.App/environments")));
            assertThat(found.peerings().toOptional().orElseThrow())
                    .extracting(
                            Peering::isConnected,
                            Peering::usesRemoteGateways,
                            each -> each.remote().name())
                    .containsExactly(tuple(true, true, "hub"));
        });
        assertThat(network.securityGroup(Optional.of(ResourceId.of(NSG)))
                        .unread()
                        .map(Reading.CouldNotRead::why))
                .contains(Why.NOT_COLLECTED);
    }

    @Test
    void aNetworkWithoutTheListOfItsPeeringsLeavesThemUnread() {
        Network network = read("{'virtualNetworks':[{'id':'" + IN + "virtualNetworks/v','properties':{"
                + "'addressSpace':{'addressPrefixes':['10.0.0.0/16']}}}]}");

        assertThat(network.virtualNetworks()
                        .get(0)
                        .peerings()
                        .unread()
                        .orElseThrow()
                        .detail())
                .isEqualTo("the peerings of v (virtualNetworkPeerings) were not collected");
    }

    @Test
    void addsTheStandardRulesWhereADocumentLeavesThemOut() {
        List<SecurityRule> rules =
                group("'securityRules':[" + rule("own", 100) + "]").rules();
        assertThat(rules)
                .extracting(SecurityRule::name, SecurityRule::inbound, SecurityRule::priority, SecurityRule::isDefault)
                .containsExactly(
                        tuple("own", true, 100, false),
                        tuple("AllowVnetInBound", true, 65000, true),
                        tuple("AllowAzureLoadBalancerInBound", true, 65001, true),
                        tuple("DenyAllInBound", true, 65500, true),
                        tuple("AllowVnetOutBound", false, 65000, true),
                        tuple("AllowInternetOutBound", false, 65001, true),
                        tuple("DenyAllOutBound", false, 65500, true));
    }

    @Test
    void readsSingularAndPluralFieldsOfARuleTogether() {
        SecurityRule rule = group("'securityRules':[{'name':'r','properties':{'priority':'100','direction':'inbound',"
                        + "'access':'deny','protocol':'Tcp','sourceAddressPrefix':'','sourceAddressPrefixes':['10.0.0.0/24'],"
                        + "'destinationAddressPrefix':'*','destinationAddressPrefixes':[],'destinationPortRange':'443',"
                        + "'destinationPortRanges':['8000-8080','80'],'sourcePortRange':'*',"
                        + "'sourceApplicationSecurityGroups':[{'id':'/a/b'}]}}]")
                .rules()
                .get(0);
        assertThat(rule.allows()).isFalse();
        assertThat(rule.sources()).containsExactly("10.0.0.0/24");
        assertThat(rule.destinations()).containsExactly("*");
        assertThat(rule.destinationPorts()).containsExactly("80", "443", "8000-8080");
        assertThat(rule.sourceGroups()).containsExactly(ResourceId.of("/a/b"));
        assertThat(rule.id()).isEqualTo(NSG + "/securityRules/r");
    }

    @Test
    void aRuleThatCannotBeJudgedByLeavesTheOthersAndMayDecideBeforeThem() {
        Network network = read("{'networkSecurityGroups':[{'id':'" + NSG + "','properties':{'securityRules':["
                + rule("r", 200).replace("'Allow'", "'Perhaps'") + "," + rule("s", 100) + "," + rule("t", 300)
                + "]}}]}");
        SecurityGroup group = network.securityGroup(Optional.of(ResourceId.of(NSG)))
                .toOptional()
                .orElseThrow();
        boolean inbound = group.rules().get(0).inbound();
        assertThat(group.rules())
                .extracting(SecurityRule::name)
                .contains("s", "t")
                .doesNotContain("r");
        assertThat(group.unreadBefore(inbound, 100)).isEmpty();
        assertThat(group.unreadBefore(inbound, 300).orElseThrow().why().why()).isEqualTo(Why.MALFORMED);
    }

    @Test
    void oneRouteThatIsNotUnderstoodCostsItselfAndSeveralAppliancesAreOneRoute() {
        Network network = read("{'routeTables':[{'id':'" + TABLE + "','properties':{'routes':["
                + "{'name':'shared','properties':{'addressPrefix':'10.2.0.0/16',"
                + "'nextHopType':'VirtualApplianceEcmp','nextHop':{'nextHopIpAddresses':['10.0.9.5','10.0.9.4']}}},"
                + "{'name':'later','properties':{'addressPrefix':'10.3.0.0/16','nextHopType':'SomethingNew'}},"
                + "{'name':'broken','properties':{'addressPrefix':7.5,'nextHopType':'Internet'}}]}}]}");
        RouteTable table = network.routeTable(Optional.of(ResourceId.of(TABLE)))
                .toOptional()
                .orElseThrow();
        assertThat(table.routes())
                .extracting(Route::name, Route::nextHop, Route::nextHopAddresses)
                .containsExactly(
                        tuple("later", NextHop.UNKNOWN, List.of()),
                        tuple("shared", NextHop.APPLIANCE, List.of("10.0.9.4", "10.0.9.5")));
        assertThat(table.unreadRoutes()).isEqualTo(1);
        assertThat(table.gap()).isPresent();
    }

    @Test
    void aResourceThatAzureRefusedIsUnreadByItself() {
        Network network = read("{'networkSecurityGroups':[{'id':'" + NSG
                + "','error':{'code':'AuthorizationFailed','message':'no right'}}],"
                + "'routeTables':[{'id':'" + TABLE + "','error':{'code':'TooManyRequests'}}]}");
        assertThat(network.securityGroup(Optional.of(ResourceId.of(NSG.toUpperCase(java.util.Locale.ROOT)))))
                .isEqualTo(Reading.couldNotRead(Source.NETWORK, Why.FORBIDDEN, "nsg: AuthorizationFailed: no right"));
        assertThat(why(network.routeTable(Optional.of(ResourceId.of(TABLE))))).contains(Why.THROTTLED);
    }

    /** An empty list would say that nothing but the standard rules decides, or that no route leads elsewhere. */
    @Test
    void nullInPlaceOfAListIsNoEmptyList() {
        Network network = read("{'networkSecurityGroups':[{'id':'" + NSG
                + "','properties':{'securityRules':null,'defaultSecurityRules':[]}}],"
                + "'routeTables':[{'id':'" + TABLE
                + "','properties':{'disableBgpRoutePropagation':true,'routes':null}}],"
                + "'virtualNetworks':[{'id':'" + IN + "virtualNetworks/v','properties':{"
                + "'addressSpace':{'addressPrefixes':['10.0.0.0/16']},'subnets':null}}]}");

        assertThat(network.securityGroup(Optional.of(ResourceId.of(NSG))).isPresent())
                .isFalse();
        assertThat(network.routeTable(Optional.of(ResourceId.of(TABLE))).isPresent())
                .isFalse();
        assertThat(network.virtualNetworks().get(0).gap()).isPresent();
    }

    @Test
    void aListThatAzureRefusedIsUnreadAsAWholeAndForEachThatIsReferredTo() {
        Network network = read("{'virtualNetworks':[{'id':'" + IN + "virtualNetworks/v','properties':{'subnets':["
                + "{'name':'a','properties':{'addressPrefix':'10.0.1.0/24','networkSecurityGroup':{'id':'" + NSG
                + "'}}}]}}],"
                + "'unread':{'networkSecurityGroups':{'code':'AuthorizationFailed','message':'no right'},"
                + "'networkInterfaces':{'code':'GatewayTimeout'}}}");
        assertThat(why(network.securityGroup(Optional.of(ResourceId.of(NSG))))).contains(Why.FORBIDDEN);
        assertThat(why(network.interfaces())).contains(Why.TIMED_OUT);
        assertThat(why(network.endpoints())).contains(Why.NOT_COLLECTED);
    }

    @Test
    void listsThatWereRefusedAreUnreadForTheirTablesAndForEachNetwork() {
        Network network = read("{'virtualNetworks':[{'id':'" + IN + "virtualNetworks/v','properties':{'addressSpace':{"
                + "'addressPrefixes':['10.0.0.0/16']},'subnets':[{'name':'a','properties':{'addressPrefix':'10.0.1.0/24',"
                + "'routeTable':{'id':'" + TABLE + "'}}}]}},{'id':'" + IN
                + "virtualNetworks/w','error':{'code':'AuthorizationFailed'}}],'unread':{"
                + "'routeTables':{'code':'TooManyRequests'},'securityAdminRules':{'code':'AuthorizationFailed'}}}");

        assertThat(network.virtualNetworks()).as("one of two was refused").hasSize(1);
        assertThat(why(network.routeTable(Optional.of(ResourceId.of(TABLE))))).contains(Why.THROTTLED);
        assertThat(network.adminRules().values())
                .singleElement()
                .satisfies(each -> assertThat(why(each)).contains(Why.FORBIDDEN));
    }

    @Test
    void aGroupOfAnInterfaceThatWasRefusedIsUnread() {
        Network network = read("{'networkInterfaces':[{'id':'" + IN
                + "networkInterfaces/n','properties':{'networkSecurityGroup':{'id':'" + NSG
                + "'},'ipConfigurations':[{'name':'c','properties':{'privateIPAddress':'10.0.2.4'}}]}}],"
                + "'unread':{'networkSecurityGroups':{'code':'AuthorizationFailed'}}}");

        assertThat(why(network.securityGroup(Optional.of(ResourceId.of(NSG))))).contains(Why.FORBIDDEN);
    }

    @Test
    void aNetworkWithoutItsRangesIsNotWhollyKnown() {
        String network = "{'virtualNetworks':[{'id':'" + IN + "virtualNetworks/v','properties':{%s'subnets':[]}}]}";

        assertThat(read(network.formatted("")).virtualNetworks().get(0).gap())
                .hasValueSatisfying(gap -> assertThat(gap.detail()).contains("v has no addressSpace"));
        assertThat(read(network.formatted("'addressSpace':{'addressPrefixes':['10.0.0.0/16','10.1.0.0/16']},"))
                        .virtualNetworks()
                        .get(0))
                .satisfies(whole -> {
                    assertThat(whole.gap()).isEmpty();
                    assertThat(whole.space()).hasSize(2);
                });
    }

    @Test
    void readsTheServiceEndpointsOfASubnet() {
        Network network = read(
                "{'virtualNetworks':[{'id':'" + IN + "virtualNetworks/v','properties':{'subnets':[{"
                        + "'name':'a','properties':{'addressPrefix':'10.0.1.0/24','serviceEndpoints':[{'service':'Microsoft.Web'},"
                        + "{'service':''},{'service':'Microsoft.Sql'}],'delegations':[{'properties':{'serviceName':''}}]}}]}}]}");

        assertThat(network.virtualNetworks().get(0).subnets().get(0)).satisfies(subnet -> {
            assertThat(subnet.serviceEndpoints()).containsExactly("Microsoft.Sql", "Microsoft.Web");
            assertThat(subnet.delegations()).isEmpty();
        });
    }

    @Test
    void aPeeringThatDoesNotSayWhichNetworkItJoinsIsNotKnown() {
        String peering = "{'virtualNetworks':[{'id':'" + IN + "virtualNetworks/v','properties':{'addressSpace':{"
                + "'addressPrefixes':['10.0.0.0/16']},'subnets':[],'virtualNetworkPeerings':[{'name':'p','properties':{"
                + "'peeringState':'Connected'%s,'remoteVirtualNetworkAddressSpace':{'addressPrefixes':['10.1.0.0/16']}}}]}}]}";

        assertThat(read(peering.formatted("")).virtualNetworks().get(0).peeringsGap())
                .isPresent();
        assertThat(read(peering.formatted(",'remoteVirtualNetwork':{'id':'" + IN + "virtualNetworks/w'}"))
                        .virtualNetworks()
                        .get(0)
                        .peerings()
                        .toOptional()
                        .orElseThrow())
                .singleElement()
                .satisfies(half -> assertThat(half.remoteSpace())
                        .extracting(each -> each.text())
                        .containsExactly("10.1.0.0/16"));
    }

    @Test
    void oneRefusalAmongInterfacesMayHideTheOneThatMattersButANotFoundIsAFact() {
        String card = "{'id':'" + IN + "networkInterfaces/n1','properties':{'ipConfigurations':["
                + "{'name':'c','properties':{'privateIPAddress':'10.0.2.4'}}]}}";
        assertThat(why(read("{'networkInterfaces':[" + card + ",{'id':'" + IN
                                + "networkInterfaces/n2','error':{'code':'AuthorizationFailed'}}]}")
                        .interfaces()))
                .contains(Why.FORBIDDEN);
        assertThat(read("{'networkInterfaces':[" + card + ",{'id':'" + IN
                                + "networkInterfaces/n2','error':{'code':'ResourceNotFound'}}]}")
                        .interfaces()
                        .toOptional()
                        .orElseThrow())
                .hasSize(1);
    }

    @Test
    void readsRoutesAndWhetherLearnedOnesJoinThem() {
        Network.RouteTable table = read("{'routeTables':[{'id':'" + TABLE + "','properties':{"
                        + "'disableBgpRoutePropagation':true,'routes':["
                        + "{'name':'b','properties':{'addressPrefix':'0.0.0.0/0','nextHopType':'VirtualAppliance','nextHopIpAddress':'10.9.0.4'}},"
                        + "{'name':'a','properties':{'addressPrefix':'10.1.0.0/16','nextHopType':'None'}}]}}]}")
                .routeTable(Optional.of(ResourceId.of(TABLE)))
                .toOptional()
                .orElseThrow();
        assertThat(table.propagatesBgp()).isFalse();
        assertThat(table.routes())
                .extracting(
                        Route::name, Route::prefix, Route::nextHop, route -> String.join(" ", route.nextHopAddresses()))
                .containsExactly(
                        tuple("a", "10.1.0.0/16", NextHop.NONE, ""),
                        tuple("b", "0.0.0.0/0", NextHop.APPLIANCE, "10.9.0.4"));
    }

    @Test
    void joinsZonesLinksAndRecordsByTheirIds() {
        List<Zone> zones = zones("{'id':'" + ZONE + "/A/App','name':'App','properties':{'aRecords':["
                + "{'ipv4Address':'10.0.3.10'},{'ipv4Address':'10.0.3.9'}]}},"
                + "{'id':'" + ZONE + "/AAAA/six','properties':{'aaaaRecords':[{'ipv6Address':'fd00::4'}]}},"
                + "{'id':'" + ZONE
                + "/CNAME/www','properties':{'cnameRecord':{'cname':'app.privatelink.azurewebsites.net.'}}},"
                + "{'id':'" + ZONE + "/CNAME/out','properties':{'cnameRecord':{'cname':'elsewhere.example'}}},"
                + "{'id':'" + ZONE + "/SOA/@','properties':{}},"
                + "{'id':'" + ZONE + "/virtualNetworkLinks/l','properties':{'virtualNetworkLinkState':'InProgress',"
                + "'resolutionPolicy':'NxDomainRedirect','virtualNetwork':{'id':'/v'}}},"
                + "{'id':'" + ZONE + "','properties':{'numberOfRecordSets':5}}");
        assertThat(zones).singleElement().satisfies(zone -> {
            assertThat(zone.name()).isEqualTo("privatelink.azurewebsites.net");
            assertThat(zone.links()).containsExactly(new ZoneLink("l", ResourceId.of("/v"), false, true));
            assertThat(zone.records())
                    .isEqualTo(Map.of(
                            "app", List.of("10.0.3.9", "10.0.3.10"),
                            "six", List.of("fd00::4"),
                            "www", List.of("10.0.3.9", "10.0.3.10"),
                            "out", List.of("elsewhere.example")));
            assertThat(zone.recordsRead()).isTrue();
        });
    }

    @Test
    void doesNotEndOnAliasesThatLeadInACircle() {
        List<Zone> zones = zones("{'id':'" + ZONE
                + "/CNAME/a','properties':{'cnameRecord':{'cname':'b.privatelink.azurewebsites.net'}}}," + "{'id':'"
                + ZONE + "/CNAME/b','properties':{'cnameRecord':{'cname':'a.privatelink.azurewebsites.net'}}}");
        assertThat(zones.get(0).records()).containsOnlyKeys("a", "b");
    }

    @Test
    void knowsAZoneWhoseRecordsWereNotRead() {
        String zone = "{'id':'" + ZONE + "','properties':{'numberOfRecordSets':4}}";
        assertThat(zones(zone).get(0).recordsRead()).isFalse();
        assertThat(zones(zone + ",{'id':'" + ZONE + "/ALL','error':{'code':'AuthorizationFailed'}}")
                        .get(0)
                        .recordsRead())
                .isFalse();
        assertThat(zones(zone.replace("4", "1")).get(0).recordsRead()).isTrue();
    }

    @Test
    void aZoneWhoseLinksWereRefusedMayNotPassForOneThatIsNotLinked() {
        assertThat(why(read("{'privateDnsZones':[{'id':'" + ZONE + "'},{'id':'" + ZONE
                                + "/virtualNetworkLinks','error':{'code':'AuthorizationFailed'}}]}")
                        .zones()))
                .contains(Why.FORBIDDEN);
    }

    @Test
    void tellsNoZonesFromZonesThatNobodyAskedFor() {
        assertThat(read("{'privateDnsZones':[]}").zones()).isEqualTo(Reading.present(List.of()));
        assertThat(why(read("{'virtualNetworks':[]}").zones())).contains(Why.NOT_COLLECTED);
    }

    @Test
    void readsWhatHoldsAddresses() {
        Network network = read("{'networkInterfaces':[{'id':'" + IN + "networkInterfaces/pe-nic','properties':{"
                + "'privateEndpoint':{'id':'" + IN
                + "privateEndpoints/pe'},'ipConfigurations':[{'name':'c','properties':{"
                + "'privateIPAddress':'10.0.3.9','subnet':{'id':'/sub'},'applicationSecurityGroups':[{'id':'/asg'}]}}]}}],"
                + "'privateEndpoints':[{'id':'" + IN + "privateEndpoints/pe','properties':{'subnet':{'id':'/sub'},"
                + "'privateLinkServiceConnections':[{'properties':{'privateLinkServiceId':'/site',"
                + "'privateLinkServiceConnectionState':{'status':'Approved'}}}],"
                + "'networkInterfaces':[{'id':'" + IN + "networkInterfaces/PE-NIC'}],"
                + "'customDnsConfigs':[{'fqdn':'app.azurewebsites.net','ipAddresses':['10.0.3.10']}]}}],"
                + "'loadBalancers':[{'id':'" + IN + "loadBalancers/lb','properties':{'frontendIPConfigurations':["
                + "{'properties':{'privateIPAddress':'10.0.2.243','subnet':{'id':'/sub'}}}]}}]}");
        assertThat(network.interfaces()
                        .toOptional()
                        .orElseThrow()
                        .get(0)
                        .addresses()
                        .get(0))
                .isEqualTo(new Network.InterfaceAddress(
                        "c",
                        "10.0.3.9",
                        Optional.of(ResourceId.of("/sub")),
                        List.of(ResourceId.of("/asg")),
                        List.of()));
        assertThat(network.endpoints().toOptional().orElseThrow().get(0))
                .extracting(
                        Network.PrivateEndpoint::status,
                        Network.PrivateEndpoint::names,
                        Network.PrivateEndpoint::addresses)
                .containsExactly("Approved", List.of("app.azurewebsites.net"), List.of("10.0.3.9", "10.0.3.10"));
        assertThat(network.loadBalancers().toOptional().orElseThrow().get(0).frontAddresses())
                .containsExactly("10.0.2.243");
    }

    @Test
    void readsWhatALoadBalancerPassesOnFromWhichAddressToWhichMembers() {
        String lb = IN + "loadBalancers/lb";
        Network network = read("{'publicIPAddresses':[{'id':'" + IN
                + "publicIPAddresses/pip','properties':{'ipAddress':'203.0.113.5'}}],"
                + "'networkInterfaces':[{'id':'" + IN + "networkInterfaces/nic','properties':{'ipConfigurations':[{"
                + "'properties':{'privateIPAddress':'10.0.3.9','loadBalancerBackendAddressPools':[{'id':'" + lb
                + "/backendAddressPools/members'}]}}]}}],"
                + "'loadBalancers':[{'id':'" + lb + "','properties':{'frontendIPConfigurations':[{'id':'" + lb
                + "/frontendIPConfigurations/fe','properties':{'publicIPAddress':{'id':'" + IN
                + "publicIPAddresses/PIP'}}}],'probes':[{'id':'" + lb
                + "/probes/tcp','properties':{'port':31022}}],'loadBalancingRules':[{'properties':{"
                + "'frontendIPConfiguration':{'id':'" + lb + "/frontendIPConfigurations/fe'},'frontendPort':443,"
                + "'backendPort':8443,'probe':{'id':'" + lb + "/probes/tcp'},'backendAddressPool':{'id':'" + lb
                + "/backendAddressPools/members'}}}]}}]}");

        Network.LoadBalancer balancer =
                network.loadBalancers().toOptional().orElseThrow().get(0);
        assertThat(balancer.frontAddresses()).containsExactly("203.0.113.5");
        assertThat(balancer.rules())
                .containsExactly(new Network.BalancerRule(
                        "203.0.113.5",
                        443,
                        8443,
                        Optional.of(new Network.BalancerProbe("tcp", 31022, "")),
                        Optional.of(ResourceId.of(lb + "/backendAddressPools/members")),
                        false,
                        false));
        assertThat(network.interfaces()
                        .toOptional()
                        .orElseThrow()
                        .get(0)
                        .addresses()
                        .get(0)
                        .balancerPools())
                .containsExactly(ResourceId.of(lb + "/backendAddressPools/members"));
    }

    /** Interfaces are in the one list, addresses in the other; a pool without lists says nothing. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'backendIPConfigurations':[] | true",
                "'provisioningState':'Succeeded','loadBalancerBackendAddresses':[] | true",
                "'loadBalancerBackendAddresses':[],'backendIPConfigurations':[{'id':'/x/nic/ipc'}] | false",
                "'loadBalancerBackendAddresses':[{'name':'a','properties':{'ipAddress':'10.0.2.4'}}] | false",
                "'provisioningState':'Succeeded' | false",
            })
    void readsWhichPoolsOfALoadBalancerAreEmpty(String pool, boolean empty) {
        String lb = IN + "loadBalancers/lb";
        Network network = read("{'loadBalancers':[{'id':'" + lb + "','properties':{'frontendIPConfigurations':[{'id':'"
                + lb
                + "/frontendIPConfigurations/fe','properties':{'privateIPAddress':'10.0.2.200'}}],"
                + "'backendAddressPools':[{'id':'" + lb + "/backendAddressPools/members','properties':{" + pool + "}}],"
                + "'loadBalancingRules':[{'properties':{'frontendIPConfiguration':{'id':'" + lb
                + "/frontendIPConfigurations/fe'},'frontendPort':80,'backendPort':80,'backendAddressPool':{'id':'" + lb
                + "/backendAddressPools/members'}}}]}}]}");

        assertThat(network.loadBalancers().toOptional().orElseThrow().get(0).rules())
                .extracting(Network.BalancerRule::poolIsEmpty)
                .containsExactly(empty);
    }

    @Test
    void readsWhatOfASubnetCountsForItsEndpoints() {
        assertThat(Stream.of("Enabled", "networksecuritygroupenabled", "RouteTableEnabled", "Disabled", "", "New")
                        .map(NetworkReaderTest::policies))
                .containsExactly(
                        EndpointPolicies.BOTH,
                        EndpointPolicies.NSG,
                        EndpointPolicies.ROUTE_TABLE,
                        EndpointPolicies.NONE,
                        EndpointPolicies.NONE,
                        EndpointPolicies.NONE);
    }

    private static EndpointPolicies policies(String word) {
        return read("{'virtualNetworks':[{'id':'" + IN + "virtualNetworks/v','properties':{'addressSpace':"
                        + "{'addressPrefixes':['10.0.0.0/16']},'subnets':[{'name':'a','properties':{'addressPrefix':"
                        + "'10.0.2.0/24','privateEndpointNetworkPolicies':'" + word + "'}}]}}]}")
                .virtualNetworks()
                .get(0)
                .subnets()
                .get(0)
                .endpointPolicies();
    }

    @Test
    void readsWhoMadeARoute() {
        assertThat(Stream.of("Default", "virtualNetworkGateway", "User", "")
                        .map(word -> read("{'effectiveRoutes':[{'source':'" + word + "','addressPrefix':['10.0.0.0/8'],"
                                        + "'nextHopType':'None'}]}")
                                .effectiveRoutes()
                                .toOptional()
                                .orElseThrow()
                                .get(0)
                                .source()))
                .containsExactly(
                        RouteSource.DEFAULT, RouteSource.NETWORK_GATEWAY, RouteSource.OTHER, RouteSource.OTHER);
    }

    @Test
    void readsEffectiveRoutesOfAnInterfaceAndNextHops() {
        List<EffectiveRoute> routes = read("{'effectiveRoutes':[{'networkInterface':{'id':'/nic'},'value':["
                        + "{'source':'VirtualNetworkGateway','state':'Active','addressPrefix':['0.0.0.0/0'],"
                        + "'nextHopType':'VirtualNetworkGateway','nextHopIpAddress':['10.9.0.1']},"
                        + "{'source':'Default','state':'Invalid','addressPrefix':['0.0.0.0/0'],'nextHopType':'Internet'}]},"
                        + "{'targetResourceId':'/vm','destinationIPAddress':'10.0.2.4','nextHopType':'VNetPeering'}]}")
                .effectiveRoutes()
                .toOptional()
                .orElseThrow();
        assertThat(routes)
                .extracting(
                        EffectiveRoute::on, EffectiveRoute::prefixes, EffectiveRoute::nextHop, EffectiveRoute::isActive)
                .containsExactly(
                        tuple("/nic", List.of("0.0.0.0/0"), NextHop.INTERNET, false),
                        tuple("/nic", List.of("0.0.0.0/0"), NextHop.NETWORK_GATEWAY, true),
                        tuple("/vm", List.of("10.0.2.4"), NextHop.PEERING, true));
    }

    @Test
    void readsServiceTagsByTheirNames() {
        Network network = read("{'serviceTags':[{'values':[{'name':'GatewayManager',"
                + "'properties':{'addressPrefixes':['20.0.0.0/24','2603:1030::/46']}},"
                + "{'name':'Broken','properties':{'addressPrefixes':['20.0.0.0/24','words']}}]}]}");
        assertThat(network.serviceTags()).containsOnlyKeys(ArmName.of("GatewayManager"));
        assertThat(network.serviceTags().get(ArmName.of("gatewaymanager"))).hasSize(2);
    }

    private static String rule(String name, int priority) {
        return "{'name':'" + name + "','properties':{'priority':" + priority
                + ",'direction':'Inbound','access':'Allow',"
                + "'protocol':'*','sourceAddressPrefix':'*','destinationAddressPrefix':'*','destinationPortRange':'*'}}";
    }

    private static SecurityGroup group(String properties) {
        return read("{'networkSecurityGroups':[{'id':'" + NSG + "','properties':{" + properties + "}}]}")
                .securityGroup(Optional.of(ResourceId.of(NSG)))
                .toOptional()
                .orElseThrow();
    }

    private static List<Zone> zones(String resources) {
        return read("{'privateDnsZones':[" + resources + "]}")
                .zones()
                .toOptional()
                .orElseThrow();
    }

    private static Optional<Why> why(Reading<?> reading) {
        return reading.unread().map(Reading.CouldNotRead::why);
    }

    private static Network read(String document) {
        Reading<Network> reading = Json.read(Source.NETWORK, document).network();
        return reading.toOptional().orElseThrow(() -> new AssertionError(reading));
    }
}
