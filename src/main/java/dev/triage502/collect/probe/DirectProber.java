package dev.triage502.collect.probe;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.triage502.azure.Deadline;
import dev.triage502.incident.Wording;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Makes one look, step by step: name, connection, TLS, answer. What each step gave, and how long it took, is a row of
 * {@code direct-probe.json}; a step that fails ends the look and says exactly how.
 */
final class DirectProber {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration HANDSHAKE = Duration.ofSeconds(8);

    private final Guard guard;
    private final NameLookup names;
    private final ScheduledExecutorService watch;
    private final String from;

    /**
     * {@code watch} closes what is not done in time, however slowly it trickles; {@code from} says where this program
     * looks from.
     */
    DirectProber(Guard guard, NameLookup names, ScheduledExecutorService watch, String from) {
        this.guard = guard;
        this.names = names;
        this.watch = watch;
        this.from = from;
    }

    /** The row; never throws for what the network or the backend does. */
    JsonObject probe(DirectRequest look, Deadline deadline) {
        Deadline mine = deadline.atMost(CONNECT.plus(HANDSHAKE).plus(look.patience()));
        DirectProbeRow row = new DirectProbeRow(look, from);
        Optional<InetAddress> address = resolve(look, row, mine);
        if (address.isPresent()) {
            try (Socket socket = new Socket(Proxy.NO_PROXY)) {
                Future<?> closing =
                        watch.schedule(() -> close(socket), mine.remaining().toMillis(), TimeUnit.MILLISECONDS);
                try {
                    ask(look, row, socket, address.get(), mine);
                } finally {
                    closing.cancel(false);
                }
            } catch (IOException e) {
                row.fail(isGivenUp(e) ? "timed out" : words(e));
            }
        }
        return row.done();
    }

    private void ask(DirectRequest look, DirectProbeRow row, Socket socket, InetAddress address, Deadline deadline)
            throws IOException {
        if (!connect(look, row, socket, address, deadline)) {
            return;
        }
        Socket channel = socket;
        if (look.tls()) {
            TlsHandshake handshake = new TlsHandshake(look);
            Optional<Socket> secured = row.timed("tlsMs", () -> handshake.over(socket, millis(deadline, HANDSHAKE)));
            row.tls(handshake.seen());
            if (secured.isEmpty()) {
                return;
            }
            channel = secured.get();
        }
        channel.setSoTimeout(millis(deadline, look.patience()));
        HttpAnswer answer = new HttpAnswer(look, channel);
        row.timedQuietly("answerMs", answer::fetch);
        row.answer(answer);
    }

    private Optional<InetAddress> resolve(DirectRequest look, DirectProbeRow row, Deadline deadline) {
        Optional<String> forbidden = guard.againstName(look.target());
        if (forbidden.isPresent()) {
            row.fail("skipped: " + forbidden.get());
            return Optional.empty();
        }
        NameLookup.Found found = row.timedQuietly("dnsMs", () -> names.resolve(look.target(), deadline));
        row.dns(found);
        if (found.addresses().isEmpty()) {
            row.fail(found.error());
            return Optional.empty();
        }
        Optional<InetAddress> allowed = found.addresses().stream()
                .filter(address -> guard.againstAddress(address).isEmpty())
                .findFirst();
        if (allowed.isEmpty()) {
            row.fail(
                    "skipped: " + guard.againstAddress(found.addresses().get(0)).orElse(""));
        }
        return allowed;
    }

    /** To the very address that was looked at: a name asked again could lead elsewhere. */
    private static boolean connect(
            DirectRequest look, DirectProbeRow row, Socket socket, InetAddress address, Deadline deadline) {
        try {
            row.timed("connectMs", () -> {
                socket.connect(new InetSocketAddress(address, look.port()), millis(deadline, CONNECT));
                return true;
            });
            row.connect("ok");
            return true;
        } catch (IOException e) {
            row.connect(outcome(e));
            row.fail(words(e));
            return false;
        }
    }

    private static String outcome(IOException e) {
        Wording said = Wording.of(String.valueOf(e.getMessage()));
        if (e instanceof SocketTimeoutException || said.has("timed out") || isGivenUp(e)) {
            return "timeout";
        }
        if (e instanceof NoRouteToHostException || said.has("unreachable", "no route")) {
            return "unreachable";
        }
        if (said.has("reset")) {
            return "reset";
        }
        return e instanceof ConnectException ? "refused" : "unreachable";
    }

    private static int millis(Deadline deadline, Duration most) {
        return (int) Math.max(1, Math.min(deadline.remaining().toMillis(), most.toMillis()));
    }

    /** Whether the watch closed the socket under whoever was reading; nobody else on this side does. */
    static boolean isGivenUp(IOException e) {
        return "Socket closed".equals(e.getMessage());
    }

    static String words(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is no more use either way.
        }
    }

    /** An array of texts. */
    static JsonArray array(Iterable<String> texts) {
        JsonArray array = new JsonArray();
        texts.forEach(array::add);
        return array;
    }
}
