package dev.triage502.deliver;

import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One request and the beginning of its answer, within one deadline over all of it: neither an answer without an end nor
 * one that drips can take the memory or the time of the other channels.
 */
public final class ChannelHttp {

    /** What is read of an answer: enough to say what was wrong. */
    static final int USUAL_ANSWER = 4 * 1024;

    /** As many as deliveries run at a time: the host bounds those. */
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "triage502-channel");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * What came back.
     *
     * @param body     its beginning
     * @param complete whether that is all of it
     */
    record Answer(int status, HttpHeaders headers, String body, boolean complete) {

        boolean isSuccess() {
            return status >= 200 && status < 300;
        }
    }

    /** Nothing came back; the message says why, and may quote the URL. */
    static final class NoAnswer extends Exception {
        private static final long serialVersionUID = 1;

        NoAnswer(String words) {
            super(words, null, false, false);
        }

        String words() {
            return String.valueOf(getMessage());
        }
    }

    private final Supplier<HttpPipeline> http;
    private final Duration deadline;
    private final boolean loopback;

    /** For an app on this machine, where receivers may be, too. */
    public ChannelHttp(Supplier<HttpPipeline> http, Duration deadline) {
        this(http, deadline, true);
    }

    /**
     * @param http     bounds connecting, and follows no redirects; opened when it is first used
     * @param deadline for one request and its answer
     * @param loopback whether requests may go to this machine: in Azure, the platform listens there
     */
    public ChannelHttp(Supplier<HttpPipeline> http, Duration deadline, boolean loopback) {
        this.http = http;
        this.deadline = deadline;
        this.loopback = loopback;
    }

    /** Sends a request and reads the usual beginning of its answer. */
    Answer send(HttpRequest request) throws NoAnswer {
        return send(request, USUAL_ANSWER);
    }

    /**
     * Sends a request.
     *
     * @param most how many bytes of the answer are read
     * @throws NoAnswer if no status came within the deadline
     */
    Answer send(HttpRequest request, int most) throws NoAnswer {
        Exchange exchange = new Exchange(http.get(), request, most, loopback);
        Future<?> running = THREADS.submit(exchange);
        try {
            running.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | CancellationException late) {
            running.cancel(true);
        } catch (ExecutionException failed) {
            return exchange.answerOr(words(failed));
        } catch (InterruptedException stopped) {
            running.cancel(true);
            Thread.currentThread().interrupt();
        }
        return exchange.answerOr("no response in time");
    }

    /** One exchange, at which one thread is while another waits for it. */
    private static final class Exchange implements Runnable {

        private final HttpPipeline http;
        private final HttpRequest request;
        private final int most;
        private final boolean loopback;
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private @Nullable HttpHeaders headers;
        private int status;
        private boolean complete;

        Exchange(HttpPipeline http, HttpRequest request, int most, boolean loopback) {
            this.http = http;
            this.request = request;
            this.most = most;
            this.loopback = loopback;
        }

        @Override
        public void run() {
            ForbiddenAddress.of(request.getUrl().getHost(), loopback).ifPresent(why -> {
                throw new UncheckedIOException(new IOException(why));
            });
            try (HttpResponse response = http.sendSync(request, Context.NONE)) {
                begun(response);
                // Closing the response before its end closes the connection.
                InputStream in = response.getBodyAsBinaryData().toStream();
                byte[] some = new byte[1024];
                for (int read = in.read(some); read >= 0; read = in.read(some)) {
                    if (!add(some, read)) {
                        return;
                    }
                }
                ended();
            } catch (IOException brokeOff) {
                // What was read until then is the answer.
            }
        }

        private synchronized void begun(HttpResponse response) {
            status = response.getStatusCode();
            headers = response.getHeaders();
        }

        private synchronized boolean add(byte[] some, int read) {
            body.write(some, 0, Math.min(read, most - body.size()));
            return body.size() < most;
        }

        private synchronized void ended() {
            complete = true;
        }

        synchronized Answer answerOr(String why) throws NoAnswer {
            if (headers == null) {
                throw new NoAnswer(why);
            }
            return new Answer(status, headers, body.toString(StandardCharsets.UTF_8), complete);
        }
    }

    private static String words(Throwable e) {
        Throwable cause = e;
        while (!(cause instanceof IOException) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof UnknownHostException) {
            return "unknown host";
        }
        if (cause instanceof ConnectException) {
            return "no connection";
        }
        boolean late = cause instanceof HttpTimeoutException
                || cause instanceof SocketTimeoutException
                || cause instanceof TimeoutException;
        @Nullable String message = cause.getMessage();
        return late ? "no response in time" : message == null ? "no response" : message;
    }
}
