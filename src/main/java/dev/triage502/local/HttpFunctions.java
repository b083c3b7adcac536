package dev.triage502.local;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import com.sun.net.httpserver.HttpExchange;
import dev.triage502.redaction.LogRedaction;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Answers HTTP requests with functions as the real host was seen to: a wrong method or route is 404, a missing key 401
 * before the body is read, a chunked body is missing without a word, an exception is 500 with no body, null is 204.
 */
final class HttpFunctions {

    private static final Logger LOG = LogRedaction.on(Logger.getLogger(HttpFunctions.class.getName()));
    private static final long LARGEST_BODY = 104_857_600;

    private final FunctionInstanceInjector instances;
    private final String key;
    private final List<Route> routes;

    /** One party a request under way, and one for the host, which ends it. */
    private final Phaser underWay = new Phaser(1);

    /** A function and the requests that it takes. */
    private record Route(FunctionMethod function, HttpTrigger trigger, RoutePattern pattern) {

        boolean takes(String method) {
            return trigger.methods().length == 0
                    || List.of(trigger.methods()).stream().map(HttpMethod::name).anyMatch(method::equals);
        }
    }

    /** A route that a request meets, with the values in its path. */
    private record Match(Route route, Map<String, String> values) {}

    HttpFunctions(List<FunctionMethod> functions, FunctionInstanceInjector instances, String routePrefix, String key) {
        this.instances = instances;
        this.key = key;
        this.routes = functions.stream()
                .flatMap(function -> function.trigger(HttpTrigger.class).stream()
                        .map(trigger -> new Route(
                                function,
                                trigger,
                                RoutePattern.of(
                                        routePrefix, trigger.route().isEmpty() ? function.name() : trigger.route()))))
                .sorted(Comparator.comparing(route -> -route.pattern().literals()))
                .toList();
    }

    void handle(HttpExchange exchange) throws IOException {
        boolean open = underWay.register() >= 0;
        try (exchange) {
            Optional<Match> match = match(exchange);
            if (!open) {
                exchange.sendResponseHeaders(503, -1);
            } else if (match.isEmpty()) {
                exchange.sendResponseHeaders(404, -1);
            } else if (!allowed(exchange, match.get().route().trigger().authLevel())) {
                exchange.sendResponseHeaders(401, -1);
            } else if (length(exchange) > LARGEST_BODY) {
                exchange.sendResponseHeaders(500, -1);
            } else {
                answer(exchange, match.get());
            }
        } finally {
            if (open) {
                underWay.arriveAndDeregister();
            }
        }
    }

    /** Takes no more requests and lets those under way end, if they do within the time. */
    void finish(Duration time) {
        int phase = underWay.arriveAndDeregister();
        try {
            underWay.awaitAdvanceInterruptibly(phase, time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.warning("requests still under way are cut off");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        underWay.forceTermination();
    }

    private Optional<Match> match(HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath();
        return routes.stream()
                .filter(route -> route.takes(exchange.getRequestMethod()))
                .flatMap(route -> route.pattern().match(path).map(values -> new Match(route, values)).stream())
                .findFirst();
    }

    /** The header decides where both are given. */
    private boolean allowed(HttpExchange exchange, AuthorizationLevel level) {
        if (level == AuthorizationLevel.ANONYMOUS) {
            return true;
        }
        String header = exchange.getRequestHeaders().getFirst("x-functions-key");
        String given = header != null
                ? header
                : PretendRequest.queryInSpelling(exchange.getRequestURI().getRawQuery())
                        .getOrDefault("code", "");
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), key.getBytes(StandardCharsets.UTF_8));
    }

    private static long length(HttpExchange exchange) {
        String length = exchange.getRequestHeaders().getFirst("Content-Length");
        return length == null ? 0 : Long.parseLong(length);
    }

    private void answer(HttpExchange exchange, Match match) throws IOException {
        FunctionMethod function = match.route().function();
        try {
            PretendRequest call = call(exchange);
            Map<String, String> metadata = new HashMap<>(
                    PretendRequest.queryInSpelling(exchange.getRequestURI().getRawQuery()));
            metadata.putAll(match.values());
            Parameter parameter = function.triggered(HttpTrigger.class).orElseThrow();
            Object trigger = trigger(parameter, call, exchange.getRequestURI());
            send(exchange, function.call(instances, trigger, metadata));
        } catch (InvocationTargetException e) {
            LOG.log(Level.SEVERE, function.name() + " failed", e.getCause());
            exchange.sendResponseHeaders(500, -1);
        } catch (Exception e) {
            LOG.log(Level.SEVERE, function.name() + " could not be called", e);
            exchange.sendResponseHeaders(500, -1);
        }
    }

    private static PretendRequest call(HttpExchange exchange) throws IOException {
        PretendRequest call = PretendRequest.of(exchange);
        boolean chunked = !call.header("Transfer-Encoding").isEmpty();
        return chunked
                ? new PretendRequest(call.method(), call.path(), call.query(), call.headers(), new byte[0])
                : call;
    }

    private static Object trigger(Parameter parameter, PretendRequest call, URI requested) {
        if (parameter.getType() != HttpRequestMessage.class) {
            return body(parameter.getType(), call.body());
        }
        Type wanted = parameter.getParameterizedType() instanceof ParameterizedType type
                ? type.getActualTypeArguments()[0]
                : String.class;
        URI uri = URI.create(call.base() + requested);
        if (wanted instanceof ParameterizedType optional && optional.getRawType() == Optional.class) {
            Object body = body(optional.getActualTypeArguments()[0], call.body());
            return new LocalRequest<>(call, uri, call.body().length == 0 ? Optional.empty() : Optional.of(body));
        }
        return new LocalRequest<>(call, uri, body(wanted, call.body()));
    }

    private static Object body(Type wanted, byte[] bytes) {
        return wanted == byte[].class ? bytes : new String(bytes, StandardCharsets.UTF_8);
    }

    private static void send(HttpExchange exchange, @Nullable Object returned) throws IOException {
        if (returned == null) {
            exchange.sendResponseHeaders(204, -1);
            return;
        }
        Object content = returned instanceof HttpResponseMessage message ? message.getBody() : returned;
        int status = returned instanceof HttpResponseMessage message ? message.getStatusCode() : 200;
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        if (returned instanceof LocalResponse response) {
            response.headers().forEach(exchange.getResponseHeaders()::set);
        }
        byte[] bytes = LocalResponse.bytes(content);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
