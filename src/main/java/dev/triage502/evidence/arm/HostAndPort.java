package dev.triage502.evidence.arm;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server as texts write it: {@code 10.0.0.4}, {@code 10.0.0.4:8080}, {@code [fd00::4]:443}, {@code https://name:8443/}. */
record HostAndPort(String host, OptionalInt port) {

    private static final Pattern BRACKETED = Pattern.compile("\\[(.+)](?::(\\d{1,5}))?");
    private static final Pattern WITH_PORT = Pattern.compile("([^:]+):(\\d{1,5})");

    static HostAndPort of(String text) {
        // Neither a name nor an address has a blank in it: what follows one is no part of it.
        String bare = text.strip()
                .replaceFirst("(?s)\\s.*$", "")
                .replaceFirst("^[A-Za-z]+://", "")
                .replaceFirst("/.*$", "");
        Matcher bracketed = BRACKETED.matcher(bare);
        if (bracketed.matches()) {
            String port = bracketed.group(2);
            return new HostAndPort(
                    bracketed.group(1), port == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(port)));
        }
        Matcher withPort = WITH_PORT.matcher(bare);
        return withPort.matches()
                ? new HostAndPort(withPort.group(1), OptionalInt.of(Integer.parseInt(withPort.group(2))))
                : new HostAndPort(bare, OptionalInt.empty());
    }
}
