package dev.triage502.diagnosis;

import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Gateway.Pool;
import dev.triage502.evidence.Gateway.Probe;
import dev.triage502.evidence.Gateway.Setting;
import dev.triage502.evidence.IpAddresses;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a backend setting and its probe hold now, for the commands that change them and for those that put it back. The
 * names that end in {@code -before} are options that restore a field exactly: what was absent is taken out again.
 */
final class BackendSettingValues {

    private static final String YES = "yes";

    private BackendSettingValues() {}

    static Map<String, String> of(Gateway gateway, Setting setting) {
        Map<String, String> values = new TreeMap<>();
        ofSetting(values, gateway, setting);
        gateway.probeOf(setting).ifPresent(probe -> ofProbe(values, probe));
        return values;
    }

    private static void ofSetting(Map<String, String> values, Gateway gateway, Setting setting) {
        values.put("setting-port", String.valueOf(setting.port()));
        values.put("setting-protocol", setting.protocol());
        values.put("setting-timeout", String.valueOf(setting.requestTimeoutSeconds()));
        values.put("draining-seconds", String.valueOf(setting.drainingSeconds()));
        putIfKnown(values, "setting-host", setting.hostName());
        put(values, "setting-picks-host", setting.pickHostFromAddress());
        put(
                values,
                "setting-sends-host",
                setting.pickHostFromAddress() || !setting.hostName().isEmpty());
        put(values, "layer-four", setting.isLayerFour());
        put(values, "pool-of-names", holdsNamesOnly(gateway, setting));
        putIfKnown(values, "setting-roots", String.join(" ", setting.trustedRoots()));
        putIfKnown(values, "setting-auth-certs", String.join(", ", setting.authenticationCertificates()));
        values.put(
                "setting-host-before",
                text("--host-name", "hostName", setting.hostName())
                        .with("--host-name-from-backend-pool", String.valueOf(setting.pickHostFromAddress()))
                        .value());
        values.put(
                "setting-probe-before",
                text("--probe", "probe", setting.probe()).value());
        values.put(
                "setting-roots-before",
                list("--root-certs", "trustedRootCertificates", setting.trustedRoots())
                        .value());
        values.put(
                "setting-auth-certs-before",
                list("--auth-certs", "authenticationCertificates", setting.authenticationCertificates())
                        .value());
    }

    private static void ofProbe(Map<String, String> values, Probe probe) {
        values.put("probe-interval", String.valueOf(probe.intervalSeconds()));
        values.put("probe-timeout", String.valueOf(probe.timeoutSeconds()));
        values.put("probe-threshold", String.valueOf(probe.unhealthyThreshold()));
        values.put("probe-status-codes", String.join(" ", probe.statusCodes()));
        putIfKnown(values, "probe-body", probe.body());
        putIfKnown(values, "probe-path", probe.path());
        if (probe.port().isPresent()) {
            values.put("probe-port", String.valueOf(probe.port().getAsInt()));
        }
        if (!probe.pickHostFromSetting()) {
            putIfKnown(values, "probe-host", probe.host());
        }
        values.put(
                "probe-host-before",
                text("--host", "host", probe.host())
                        .with("--host-name-from-http-settings", String.valueOf(probe.pickHostFromSetting()))
                        .value());
        values.put("probe-path-before", text("--path", "path", probe.path()).value());
        values.put(
                "probe-port-before",
                text(
                                "--port",
                                "port",
                                probe.port().isPresent()
                                        ? String.valueOf(probe.port().getAsInt())
                                        : "")
                        .value());
        values.put(
                "probe-body-before",
                text("--match-body", "match.body", probe.body()).value());
        values.put(
                "probe-status-codes-before",
                list(
                                "--match-status-codes",
                                "match.statusCodes",
                                probe.statesStatusCodes() ? probe.statusCodes() : List.of())
                        .value());
        values.put("probe-copy-options", copy(probe).value());
    }

    /** What makes another probe of the same kind, but for its name, its protocol and its port. */
    private static Options copy(Probe probe) {
        Options options = new Options();
        if (probe.pickHostFromSetting()) {
            options.with("--host-name-from-http-settings", "true");
        } else if (!probe.host().isEmpty()) {
            options.with("--host", probe.host());
        }
        options.with("--path", probe.path().isEmpty() ? "/" : probe.path())
                .with("--interval", String.valueOf(probe.intervalSeconds()))
                .with("--timeout", String.valueOf(probe.timeoutSeconds()))
                .with("--threshold", String.valueOf(probe.unhealthyThreshold()));
        if (probe.statesStatusCodes()) {
            options.with("--match-status-codes", probe.statusCodes());
        }
        return probe.body().isEmpty() ? options : options.with("--match-body", probe.body());
    }

    /** Azure takes the host name from the pool only where each server of it has a name. */
    private static boolean holdsNamesOnly(Gateway gateway, Setting setting) {
        List<Pool> pools = gateway.associations().stream()
                .filter(each -> each.setting().equals(setting))
                .map(Gateway.Association::pool)
                .toList();
        return !pools.isEmpty()
                && pools.stream()
                        .allMatch(pool -> pool.whole()
                                && pool.interfaces().isEmpty()
                                && !pool.members().isEmpty()
                                && pool.members().stream().noneMatch(IpAddresses::isAddress));
    }

    private static Options text(String option, String field, String value) {
        return value.isEmpty() ? new Options().with("--remove", field) : new Options().with(option, value);
    }

    private static Options list(String option, String field, List<String> values) {
        return values.isEmpty() ? new Options().with("--remove", field) : new Options().with(option, values);
    }

    private static void put(Map<String, String> values, String name, boolean holds) {
        if (holds) {
            values.put(name, YES);
        }
    }

    private static void putIfKnown(Map<String, String> values, String name, String value) {
        if (!value.isEmpty()) {
            values.put(name, value);
        }
    }
}
