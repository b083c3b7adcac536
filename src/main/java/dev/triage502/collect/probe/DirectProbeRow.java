package dev.triage502.collect.probe;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.InetAddress;

/** A row of {@code direct-probe.json} while its look is under way. */
final class DirectProbeRow {

    /** A step that may fail as the network does. */
    interface Step<T> {
        T make() throws IOException;
    }

    /** A step that tells its failures itself. */
    interface QuietStep<T> {
        T make();
    }

    private final JsonObject row = new JsonObject();
    private final JsonObject timings = new JsonObject();
    private final long began = System.nanoTime();

    DirectProbeRow(DirectRequest look, String from) {
        row.addProperty("target", look.target());
        row.addProperty("port", look.port());
        row.addProperty("scheme", look.tls() ? "https" : "http");
        row.addProperty("host", look.host());
        row.addProperty("path", look.path());
        if (look.tls()) {
            row.addProperty("sni", look.sni());
        }
        row.addProperty("shape", look.shape());
        row.addProperty("from", from);
    }

    <T> T timed(String name, Step<T> step) throws IOException {
        long since = System.nanoTime();
        try {
            return step.make();
        } finally {
            timings.addProperty(name, millisSince(since));
        }
    }

    <T> T timedQuietly(String name, QuietStep<T> step) {
        long since = System.nanoTime();
        try {
            return step.make();
        } finally {
            timings.addProperty(name, millisSince(since));
        }
    }

    void dns(NameLookup.Found found) {
        JsonObject dns = new JsonObject();
        dns.add(
                "addresses",
                DirectProber.array(found.addresses().stream()
                        .map(InetAddress::getHostAddress)
                        .toList()));
        if (!found.error().isEmpty()) {
            dns.addProperty("error", found.error());
        }
        row.add("dns", dns);
    }

    void connect(String outcome) {
        row.addProperty("connect", outcome);
    }

    void tls(JsonObject seen) {
        row.add("tls", seen);
    }

    void answer(HttpAnswer answer) {
        if (answer.status() > 0) {
            row.addProperty("status", answer.status());
        }
        answer.excerpt().ifPresent(text -> row.addProperty("body", text));
        answer.failure().ifPresent(this::fail);
    }

    void fail(String words) {
        if (!row.has("error")) {
            row.addProperty("error", words);
        }
    }

    JsonObject done() {
        row.addProperty("elapsedMs", millisSince(began));
        row.add("timings", timings);
        return row;
    }

    private static long millisSince(long since) {
        return (System.nanoTime() - since) / 1_000_000;
    }
}
