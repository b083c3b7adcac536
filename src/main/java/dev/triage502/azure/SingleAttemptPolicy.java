package dev.triage502.azure;

import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextSyncPolicy;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import dev.triage502.evidence.Reading.Why;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * One request and its whole answer, within the deadline and within bounds of memory; whatever the network does comes
 * out as a {@link RefusedCall}.
 */
final class SingleAttemptPolicy implements BlockingPolicy {

    /** More than any answer that is asked for: a gateway with everything at its limit is some 10 MB. */
    static final int LONGEST_ANSWER = 32 << 20;

    /** Understood by the JDK HTTP client's adapter and by azure-core's others: until the headers are there. */
    private static final String RESPONSE_TIMEOUT = "azure-response-timeout";

    /** The SDK's clients want answers read before they are given out: not by the HTTP client, which sets no bounds. */
    private static final String EAGERLY_READ = "azure-eagerly-read-response";

    private static final String CUT_OFF = "ConnectionFailed";
    private static final String TRUNCATED = "MalformedTruncatedAnswer";
    private static final Set<String> MAY_PASS = Set.of(CUT_OFF, TRUNCATED);

    /** How the JDK says that a proxy turned it away. */
    private static final Pattern PROXY_REFUSES =
            Pattern.compile("too many authentication attempts|No credentials provided|got: 407|roxy [Aa]uthentication");

    private final ScheduledExecutorService watch;

    private final ProxyRoute route;

    /** {@code watch} closes answers that are not all there at their deadline; {@code route} is named where a call fails. */
    SingleAttemptPolicy(ScheduledExecutorService watch, ProxyRoute route) {
        this.watch = watch;
        this.route = route;
    }

    /** Whether the next try may fare better. */
    static boolean mayPass(RefusedCall failure) {
        return MAY_PASS.contains(failure.code());
    }

    @Override
    public HttpResponse processSync(HttpPipelineCallContext context, HttpPipelineNextSyncPolicy next) {
        Deadline deadline = BlockingPolicy.deadline(context);
        Duration left = deadline.remaining();
        if (left.toMillis() <= 0) {
            throw timedOut(context.getHttpRequest());
        }
        context.setData(RESPONSE_TIMEOUT, left);
        context.setData(EAGERLY_READ, false);
        try (HttpResponse response = next.processSync()) {
            if (response.getStatusCode() == HttpURLConnection.HTTP_PROXY_AUTH) {
                throw refusedByProxy(context.getHttpRequest());
            }
            return new BufferedResponse(response, body(response, deadline));
        } catch (UncheckedIOException e) {
            throw failed(context.getHttpRequest(), e.getCause(), deadline);
        } catch (RefusedCall refused) {
            throw refused;
        } catch (RuntimeException e) {
            throw unexpected(context.getHttpRequest(), e, deadline);
        }
    }

    private byte[] body(HttpResponse response, Deadline deadline) {
        Bounded body = new Bounded();
        AtomicBoolean givenUp = new AtomicBoolean();
        Runnable giveUp = () -> {
            givenUp.set(true);
            response.close();
        };
        Future<?> closing = watch.schedule(giveUp, deadline.remaining().toMillis(), TimeUnit.MILLISECONDS);
        try {
            response.writeBodyTo(body);
            return body.bytes.toByteArray();
        } catch (IOException | UncheckedIOException e) {
            if (body.tooLong) {
                throw new RefusedCall(
                        Why.MALFORMED,
                        "MalformedLongAnswer",
                        "more than " + (LONGEST_ANSWER >> 20) + " MiB of response");
            }
            if (givenUp.get() || deadline.isOver() || Thread.currentThread().isInterrupted()) {
                throw timedOut(response.getRequest());
            }
            throw new RefusedCall(
                    Why.MALFORMED,
                    TRUNCATED,
                    "the response ended after " + body.bytes.size() + " bytes: " + e.getMessage());
        } finally {
            closing.cancel(false);
        }
    }

    private static RefusedCall timedOut(HttpRequest request) {
        return new RefusedCall(
                Why.TIMED_OUT,
                "TimedOut",
                "no complete response from " + request.getUrl().getHost() + " in time");
    }

    private RefusedCall failed(HttpRequest request, @Nullable IOException e, Deadline deadline) {
        if (e instanceof HttpConnectTimeoutException && !deadline.isOver()) {
            return new RefusedCall(
                    Why.UNREACHABLE,
                    CUT_OFF,
                    "no connection to " + request.getUrl().getHost() + " in time" + hint(request, e));
        }
        if (e instanceof HttpTimeoutException) {
            return timedOut(request);
        }
        if (e != null && PROXY_REFUSES.matcher(String.valueOf(e.getMessage())).find()) {
            return refusedByProxy(request);
        }
        // A refused connection has no message, and the name of its class is no word for a reader.
        String said = e == null || e.getMessage() == null ? "no connection" : e.getMessage();
        return new RefusedCall(Why.UNREACHABLE, CUT_OFF, request.getUrl().getHost() + ": " + said + hint(request, e));
    }

    private RefusedCall refusedByProxy(HttpRequest request) {
        return new RefusedCall(
                Why.UNREACHABLE,
                "ProxyAuthenticationRequired",
                request.getUrl().getHost() + ": the proxy did not accept the credentials (asked " + words(request)
                        + "). Set HTTPS_PROXY=http://user:password@host:port");
    }

    /** What a person checks first: the proxy, and for a certificate that nobody knows the authorities. */
    private String hint(HttpRequest request, @Nullable IOException e) {
        String words = words(request);
        if (words.isEmpty()) {
            return "";
        }
        return " (asked " + words
                + (e instanceof SSLException
                        ? "; if it replaces certificates, set " + SurroundingVariables.CA_FILE
                                + " to a PEM file with its CA"
                        : "")
                + ")";
    }

    private String words(HttpRequest request) {
        return route.words(URI.create(request.getUrl().toString()));
    }

    private RefusedCall unexpected(HttpRequest request, RuntimeException e, Deadline deadline) {
        for (Throwable at = e; at != null; at = at.getCause()) {
            if (at instanceof InterruptedException) {
                Thread.currentThread().interrupt();
                return timedOut(request);
            }
            if (at instanceof IOException io) {
                return failed(request, io, deadline);
            }
        }
        return new RefusedCall(
                Why.UNREACHABLE, CUT_OFF, request.getUrl().getHost() + ": the call failed" + hint(request, null));
    }

    /** Takes an answer's bytes until they are too many. */
    private static final class Bounded implements WritableByteChannel {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private boolean tooLong;

        @Override
        public int write(ByteBuffer from) throws IOException {
            int count = from.remaining();
            if (bytes.size() + count > LONGEST_ANSWER) {
                tooLong = true;
                throw new IOException("too long");
            }
            byte[] chunk = new byte[count];
            from.get(chunk);
            bytes.write(chunk, 0, count);
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
