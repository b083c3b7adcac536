package dev.triage502.local;

import com.sun.net.httpserver.HttpExchange;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.SourceDocuments;
import dev.triage502.incident.ResourceId;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Azure Resource Manager, Azure Monitor metrics, Resource Graph and Log Analytics at one loopback address, answering
 * from the documents of one case as the real ones do over HTTP.
 *
 * <p>A document that the case lacks is refused with 403, as to a caller without the right, and never given as empty.
 * What real Azure refuses is refused (no or the wrong token, an unknown api-version, a wrong method, a bad query), so
 * that a wrong client fails here. It fails on demand in other ways too: {@link #misbehave}.
 *
 * <p>One path is not Azure's: {@code /pretended/direct-probe} stands in for the backends themselves.
 */
public final class PretendAzure implements AutoCloseable {

    /**
     * How it is to be.
     *
     * @param port        0 for any free one
     * @param pageSize    how many elements a page of a list holds
     * @param polls       how often an operation is answered 202 before it is done
     * @param retryAfter  what it asks for between polls; whole seconds, since that is what the header says
     */
    public record Options(int port, int pageSize, int polls, Duration retryAfter) {

        /** Any port, pages of a hundred, operations that are done at the second poll after a second each. */
        public static Options usual() {
            return new Options(0, 100, 1, Duration.ofSeconds(1));
        }

        public Options onPort(int other) {
            return new Options(other, pageSize, polls, retryAfter);
        }

        public Options pagesOf(int other) {
            return new Options(port, other, polls, retryAfter);
        }

        public Options operations(int otherPolls, Duration otherRetryAfter) {
            return new Options(port, pageSize, otherPolls, otherRetryAfter);
        }
    }

    /**
     * One request and what it was answered.
     *
     * @param target     path and query, as they came
     * @param retryAfter the pause that the answer asks for; zero for none
     * @param operation  where an operation that the request began is to be asked for; empty for none
     * @param answer     the whole body; empty where the request failed on demand
     * @param began      when the whole request was there, by {@link System#nanoTime()}
     * @param ended      when the whole answer was on its way
     */
    public record Exchange(
            String method,
            String target,
            String body,
            Duration retryAfter,
            String operation,
            String answer,
            long began,
            long ended) {}

    private final EndpointDirectory directory;
    private final LoopbackServer server;
    private final AnswerWriter delivery = new AnswerWriter();
    private final Map<Source, FailureMode> misbehaviours = new ConcurrentHashMap<>();
    private final Map<Source, AtomicInteger> calls = new ConcurrentHashMap<>();
    private final Queue<String> requests = new ConcurrentLinkedQueue<>();
    private volatile Optional<Consumer<Exchange>> watcher = Optional.empty();

    private PretendAzure(EndpointDirectory directory, int port) throws IOException {
        this.directory = directory;
        this.server = LoopbackServer.serve("pretend-azure", port, this::handle);
    }

    /** Begins to answer for the gateway given from the documents given; stops when it is closed. */
    public static PretendAzure start(SourceDocuments documents, ResourceId gateway, Options options)
            throws IOException {
        PollableOperations operations = new PollableOperations(options.polls(), options.retryAfter());
        EndpointDirectory directory =
                new EndpointDirectory(new PretendResources(documents, gateway), operations, options.pageSize());
        return new PretendAzure(directory, options.port());
    }

    /** As with the usual options. */
    public static PretendAzure start(SourceDocuments documents, ResourceId gateway) throws IOException {
        return start(documents, gateway, Options.usual());
    }

    /** The one address that stands for all of Azure's: {@code http://127.0.0.1:port}. */
    public URI endpoint() {
        return server.uri();
    }

    /** From now on, all that belongs to the source fails in this way. */
    public PretendAzure misbehave(Source source, FailureMode how) {
        misbehaviours.put(source, how);
        return this;
    }

    /** From now on, everything fails in this way. */
    public PretendAzure misbehave(FailureMode how) {
        return misbehave(source -> how);
    }

    /** From now on, each source fails in a way of its own, such as {@link FailureMode#usualLatency}. */
    public PretendAzure misbehave(Function<Source, FailureMode> how) {
        List.of(Source.values()).forEach(source -> misbehave(source, how.apply(source)));
        return this;
    }

    /** From now on, nothing fails. */
    public PretendAzure behave() {
        misbehaviours.clear();
        return this;
    }

    /** From now on, tells of each request when it has been answered, in the thread that answered it. */
    public PretendAzure watch(Consumer<Exchange> by) {
        watcher = Optional.of(by);
        return this;
    }

    /** How many requests came in all, polls and refused ones too. */
    public int calls() {
        return requests.size();
    }

    /** How many of them were about each source; requests that belong to none are left out. */
    public Map<Source, Integer> callsBySource() {
        EnumMap<Source, Integer> counted = new EnumMap<>(Source.class);
        calls.forEach((source, count) -> counted.put(source, count.get()));
        return counted;
    }

    /** Method and path of each request, in the order in which they came. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        server.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        PretendRequest call = PretendRequest.of(exchange);
        long began = System.nanoTime();
        requests.add(call.method() + " " + call.path());
        PretendEndpoint endpoint = directory.find(call);
        int nth = endpoint.source()
                .map(source -> calls.computeIfAbsent(source, key -> new AtomicInteger())
                        .incrementAndGet())
                .orElse(0);
        Optional<FailureMode> how = endpoint.source().map(misbehaviours::get);
        AtomicReference<PretendAnswer> given = new AtomicReference<>(PretendAnswer.empty(0));
        delivery.deliver(exchange, how, nth, stuck -> {
            given.set(answer(call, endpoint, how, stuck));
            return given.get();
        });
        long ended = System.nanoTime();
        watcher.ifPresent(by -> by.accept(told(exchange, call, given.get(), began, ended)));
    }

    private static Exchange told(
            HttpExchange exchange, PretendRequest call, PretendAnswer answer, long began, long ended) {
        return new Exchange(
                call.method(),
                exchange.getRequestURI().toString(),
                new String(call.body(), StandardCharsets.UTF_8),
                Duration.ofSeconds(Long.parseLong(answer.headers().getOrDefault("Retry-After", "0"))),
                answer.headers().getOrDefault("Azure-AsyncOperation", ""),
                new String(answer.bytes(), StandardCharsets.UTF_8),
                began,
                ended);
    }

    private static PretendAnswer answer(
            PretendRequest call, PretendEndpoint endpoint, Optional<FailureMode> how, boolean stuck) {
        PretendAnswer answer = TokenCheck.refusal(call, endpoint.isLogQuery())
                .or(() -> endpoint.type().equals(PretendEndpoint.NO_TYPE)
                        ? Optional.empty()
                        : ApiVersions.refusal(endpoint.type(), call.parameter("api-version")))
                .orElseGet(() -> endpoint.answers().apply(call, stuck));
        boolean endless = endpoint.isList()
                && how.filter(FailureMode.PagesForEver.class::isInstance).isPresent();
        return endless ? ListPaging.endless(call, answer) : answer;
    }
}
