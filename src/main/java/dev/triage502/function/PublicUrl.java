package dev.triage502.function;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** Where people reach the app: the address that links in messages begin with. */
final class PublicUrl {

    /** What the platform, and the Functions tools, call the host of the app; with a port on a developer's machine. */
    private static final String PLATFORM_HOST = "WEBSITE_HOSTNAME";

    private static final String EXPECTED =
            "the https address of the app without a query, e.g. " + AppSetting.PUBLIC_URL.example();

    private PublicUrl() {}

    /**
     * The address, without a slash at its end; empty where neither the operator nor the platform names one.
     *
     * @throws WrongSetting if it is set to something else
     */
    static Optional<String> read(Map<String, String> environment) {
        return AppSetting.PUBLIC_URL
                .in(environment)
                .map(PublicUrl::checked)
                .or(() -> Optional.ofNullable(environment.get(PLATFORM_HOST))
                        .filter(host -> !host.isBlank())
                        .map(PublicUrl::ofHost));
    }

    private static String checked(String value) {
        String url = value.replaceAll("/+$", "");
        return isWebAddress(url) ? url : refuse(value);
    }

    private static String refuse(String value) {
        throw AppSetting.PUBLIC_URL.wrong(value, EXPECTED);
    }

    private static String ofHost(String host) {
        return (isThisMachine(host.replaceFirst(":[0-9]+$", "")) ? "http://" : "https://") + host;
    }

    private static boolean isWebAddress(String url) {
        try {
            URI uri = URI.create(url);
            boolean safe = "https".equalsIgnoreCase(uri.getScheme())
                    || "http".equalsIgnoreCase(uri.getScheme()) && isThisMachine(String.valueOf(uri.getHost()));
            return safe
                    && uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
        } catch (IllegalArgumentException notAnAddress) {
            return false;
        }
    }

    private static boolean isThisMachine(String host) {
        return host.equalsIgnoreCase("localhost") || host.equals("127.0.0.1") || host.equals("[::1]");
    }
}
