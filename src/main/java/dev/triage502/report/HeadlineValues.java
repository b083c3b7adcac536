package dev.triage502.report;

import dev.triage502.diagnosis.Diagnosis;
import dev.triage502.evidence.AzureServiceDomains;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The values of a diagnosis as one says them in one line: moments and durations shortly, protocols as they are written, and only what
 * adds something.
 *
 * @param whole     with host names as they are
 * @param shortened with an Azure app by its name alone: {@code app-shop}
 */
record HeadlineValues(Map<String, String> whole, Map<String, String> shortened) {

    private static final Pattern GUID = Pattern.compile("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /** A certificate's dates: their year matters. */
    private static final Set<String> DATES = Set.of("expired-on", "valid-from");

    private static final List<String> HOSTS = List.of("server", "host", "fqdn", "uncovered-name");

    static HeadlineValues of(Diagnosis diagnosis) {
        Map<String, String> values = PlaceholderValues.of(diagnosis, diagnosis.root());
        String end = diagnosis.incident().to().toString();
        values.replaceAll((name, value) -> said(name, value, end));
        // Nobody recognises an identity by its object ID.
        values.values().removeIf(value -> GUID.matcher(value).matches());
        dropIfSame(values, "host", "server");
        dropIfSame(values, "server", "uncovered-name");
        dropIfSame(values, "open-port", "port");
        if (values.containsKey("check-port")) {
            values.remove("open-port"); // the service is where requests look for it; only the probe is not
            values.remove("open-protocol");
        }
        if (values.getOrDefault("member-ids", "").contains(" ")) {
            values.remove("vm"); // one of several
        }
        Map<String, String> shortened = new HashMap<>(values);
        HOSTS.forEach(name -> shortened.computeIfPresent(
                name, (same, host) -> isNamed(values, appName(host)) ? host : appName(host)));
        return new HeadlineValues(Map.copyOf(values), Map.copyOf(shortened));
    }

    private static String said(String name, String value, String end) {
        if (DATES.contains(name)) {
            String day = ReportPhrases.day(value);
            return day.equals(ReportPhrases.day(end)) ? day + ", " + ReportPhrases.time(value, end) : day;
        }
        if (name.startsWith("not-")) {
            return ReportPhrases.day(value);
        }
        if (name.endsWith("protocol")) {
            return value.toUpperCase(Locale.ROOT);
        }
        if (name.equals("state") || name.equals("endpoint-status")) {
            return value.equals("Failed") ? "in a failed state" : value.toLowerCase(Locale.ROOT);
        }
        if (name.equals("updating-minutes") && value.matches("\\d{1,6}")) {
            return ReportPhrases.minutes(Long.parseLong(value));
        }
        return ReportPhrases.isMoment(value) ? ReportPhrases.time(value, end) : value;
    }

    /** Two hosts must not become one. */
    private static boolean isNamed(Map<String, String> values, String name) {
        return HOSTS.stream().anyMatch(each -> name.equalsIgnoreCase(values.get(each)));
    }

    /** A name that repeats another says nothing. */
    private static void dropIfSame(Map<String, String> values, String name, String other) {
        if (values.getOrDefault(name, "").equalsIgnoreCase(values.getOrDefault(other, ""))) {
            values.remove(name);
        }
    }

    private static String appName(String host) {
        return AzureServiceDomains.of(host).isPresent() ? host.substring(0, host.indexOf('.')) : host;
    }
}
