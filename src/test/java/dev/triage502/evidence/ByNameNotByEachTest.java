package dev.triage502.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.Target.Kind;
import dev.triage502.evidence.Target.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is found by name is what looking at each would find, for any mixture of targets and requests. */
class ByNameNotByEachTest {

    private static final List<String> POOLS = List.of("web", "Web", "api");
    private static final List<String> SETTINGS = List.of("http", "HTTPS", "https");
    private static final List<String> SERVERS = List.of("10.0.0.4", "10.0.0.5", "fd00::5", "app.example.com");

    private final Random random = new Random(502);

    @Test
    void targetsThatCoverEachOther() {
        for (int round = 0; round < 400; round++) {
            List<Target> some = targets(random.nextInt(12));
            TargetIndex index = new TargetIndex(some);
            Target one = target();

            assertThat(index.covering(one))
                    .as("of %s those that cover %s", some, one)
                    .containsExactlyInAnyOrderElementsOf(some.stream()
                            .distinct()
                            .filter(each -> each.covers(one))
                            .toList());
            assertThat(index.within(one))
                    .as("of %s those within %s", some, one)
                    .containsExactlyInAnyOrderElementsOf(
                            some.stream().distinct().filter(one::covers).toList());
            assertThat(index.covers(one)).isEqualTo(some.stream().anyMatch(each -> each.covers(one)));
        }
    }

    @Test
    void requestsThatWentByTargets() {
        for (int round = 0; round < 400; round++) {
            AccessLog log = log(random.nextInt(10));
            List<Target> some = targets(random.nextInt(5));
            Target one = target();

            assertThat(log.byWay().by(one))
                    .as("of %s those that went by %s", log, one)
                    .isEqualTo(log.rows().stream()
                            .filter(row -> row.wentBy(one))
                            .mapToLong(AccessLog.Row::requests)
                            .sum());
            assertThat(log.failedByWay().byAnyOf(some))
                    .as("of %s those that failed by any of %s", log, some)
                    .isEqualTo(log.failing()
                            .filter(row -> some.stream().anyMatch(row::wentBy))
                            .mapToLong(AccessLog.Row::requests)
                            .sum());
            List<Target> without = targets(random.nextInt(3));
            assertThat(log.failedByWay().byAnyOf(some, without))
                    .as(
                            "of %s those that failed by any of %s, save those that a server of %s was tried for",
                            log, some, without)
                    .isEqualTo(log.failing()
                            .filter(row -> some.stream().anyMatch(row::wentBy))
                            .filter(row -> row.serverAddress().isEmpty()
                                    || without.stream()
                                            .filter(each -> each.at(Place.SERVER)
                                                    .filter(IpAddresses::isAddress)
                                                    .isPresent())
                                            .noneMatch(row::wentBy))
                            .mapToLong(AccessLog.Row::requests)
                            .sum());
        }
    }

    private List<Target> targets(int count) {
        List<Target> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(target());
        }
        return all;
    }

    private Target target() {
        switch (random.nextInt(7)) {
            case 0:
                return Target.of(Kind.POOL, any(POOLS), "").on(Place.SETTING, anyOrNone(SETTINGS));
            case 1:
                return Target.of(Kind.SETTING, any(SETTINGS), "").on(Place.POOL, anyOrNone(POOLS));
            case 2:
                return Target.of(Kind.NSG_RULE, any(List.of("deny", "Deny")), "")
                        .on(Place.NSG, any(POOLS));
            case 3:
                return random.nextInt(8) == 0
                        ? Target.of(Kind.GATEWAY, "agw", "")
                        : Target.of(Kind.LISTENER, any(POOLS), "");
            case 4:
                return Target.of(Kind.SUBNET, "snet", "");
            default:
                return Target.server(any(SERVERS), any(POOLS))
                        .on(Place.SETTING, anyOrNone(SETTINGS))
                        .on(Place.PROBE, anyOrNone(POOLS));
        }
    }

    private AccessLog log(int rows) {
        Scene scene = Scene.v2();
        for (int i = 0; i < rows; i++) {
            String server = anyOrNone(SERVERS.subList(0, 2));
            scene.requests(
                    i,
                    1 + random.nextInt(9),
                    random.nextBoolean() ? 502 : 200,
                    "{'BackendPoolName':'" + anyOrNone(POOLS) + "','BackendSettingName':'" + anyOrNone(SETTINGS)
                            + "','ListenerName':'" + anyOrNone(POOLS) + "','ServerRouted':'"
                            + (server.isEmpty() ? "" : server + ":80") + "'}");
        }
        return scene.evidence().accessLog().toOptional().orElseGet(() -> new AccessLog(List.of()));
    }

    private String anyOrNone(List<String> names) {
        return random.nextInt(3) == 0 ? "" : any(names);
    }

    private String any(List<String> names) {
        return names.get(random.nextInt(names.size()));
    }
}
