package dev.triage502.azure;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which proxy leads to a host: what {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code NO_PROXY} say, as az and curl
 * read them. This machine is always asked directly.
 */
final class ProxyRoute extends ProxySelector {

    /** A proxy and who set it. The credentials may be empty. */
    private record Hop(String host, int port, String user, String password, String variable) {

        String words() {
            return "proxy " + host + ":" + port + " (" + variable + ")";
        }
    }

    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://.*");

    private final Optional<Hop> secure;
    private final Optional<Hop> plain;
    private final ProxyExceptions direct;

    private ProxyRoute(SurroundingVariables variables) {
        secure = hop(variables, "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy");
        plain = hop(variables, "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy");
        direct = new ProxyExceptions(variables.first("NO_PROXY", "no_proxy").orElse(""));
    }

    /**
     * What the variables say.
     *
     * @throws IllegalArgumentException naming the variable if it holds no address of a proxy
     */
    static ProxyRoute of(SurroundingVariables variables) {
        return new ProxyRoute(variables);
    }

    /** Says through what a host is asked, for a message about a call that failed; empty for this machine. */
    String words(URI uri) {
        if (AzureSettings.isLoopback(String.valueOf(uri.getHost()))) {
            return "";
        }
        return hop(uri).map(hop -> "through " + hop.words())
                .orElse("without a proxy; if one is needed, set HTTPS_PROXY");
    }

    /** What to tell the proxy to a host, if it has a user. */
    Optional<String> credentials(URI uri) {
        return hop(uri).filter(hop -> !hop.user().isEmpty())
                .map(hop -> "Basic "
                        + Base64.getEncoder()
                                .encodeToString((hop.user() + ":" + hop.password()).getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public List<Proxy> select(URI uri) {
        return List.of(hop(uri).map(
                        hop -> new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(hop.host(), hop.port())))
                .orElse(Proxy.NO_PROXY));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException problem) {
        // The call itself fails and says so.
    }

    private Optional<Hop> hop(URI uri) {
        String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
        if (AzureSettings.isLoopback(host) || direct.cover(host, uri.getPort())) {
            return Optional.empty();
        }
        return "https".equalsIgnoreCase(uri.getScheme()) ? secure : plain;
    }

    private static Optional<Hop> hop(SurroundingVariables variables, String... names) {
        return variables
                .firstSet(names)
                .map(name -> hop(name, variables.first(name).orElse("")));
    }

    private static Hop hop(String variable, String value) {
        requireHttp(variable, value);
        try {
            URI uri = URI.create(value.contains("://") ? value : "http://" + value);
            if (uri.getHost() == null) {
                throw refused(variable);
            }
            String[] credentials =
                    Optional.ofNullable(uri.getRawUserInfo()).orElse("").split(":", 2);
            return new Hop(
                    uri.getHost(),
                    uri.getPort() < 0 ? 80 : uri.getPort(),
                    decoded(credentials[0]),
                    credentials.length > 1 ? decoded(credentials[1]) : "",
                    variable);
        } catch (IllegalArgumentException e) {
            throw refused(variable);
        }
    }

    /**
     * Java speaks to a proxy only in plain HTTP, in which it then asks for a tunnel. To speak so to a proxy that expects
     * TLS would end in an error that names neither, and would show it the password unencrypted.
     */
    private static void requireHttp(String variable, String value) {
        Matcher scheme = SCHEME.matcher(value);
        if (scheme.matches() && !scheme.group(1).equalsIgnoreCase("http")) {
            throw new IllegalArgumentException(variable + " begins with "
                    + scheme.group(1).toLowerCase(Locale.ROOT)
                    + "://, and triage502 can only speak to a proxy in plain HTTP. Most proxies take that too: use"
                    + " http://host:port. The calls to Azure stay encrypted");
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** The value may hold a password, and is not quoted. */
    private static IllegalArgumentException refused(String variable) {
        return new IllegalArgumentException(variable + " is not the address of a proxy; use"
                + " http://host:port or http://user:password@host:port, with special characters percent-encoded");
    }
}
