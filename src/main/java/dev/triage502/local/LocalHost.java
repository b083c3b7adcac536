package dev.triage502.local;

import com.google.gson.JsonObject;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import com.microsoft.azure.functions.annotation.QueueTrigger;
import com.microsoft.azure.functions.annotation.TimerTrigger;
import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import java.io.IOException;
import java.net.URI;
import java.util.List;

/**
 * A Functions host on this machine: the same function classes that Azure runs, with their routes, keys and queues.
 *
 * <p>It does what the real host (4.1037) was seen to do where that can be told from outside: answers and their codes,
 * tries of a message, poison queues.
 */
public final class LocalHost implements AutoCloseable {

    private final LoopbackServer server;
    private final HttpFunctions http;
    private final List<QueuePump> pumps;
    private final List<TimerPump> timers;

    private LocalHost(LoopbackServer server, HttpFunctions http, List<QueuePump> pumps, List<TimerPump> timers) {
        this.server = server;
        this.http = http;
        this.pumps = pumps;
        this.timers = timers;
    }

    /**
     * Starts it; it serves when this returns.
     *
     * @param port      0 for any free one
     * @param key       what callers of a function with a key have to show
     * @param classes   the function classes
     * @param instances gives their instances, as the worker's injector does in Azure
     * @param inbox     the queues that the functions listen to
     * @param hostJson  the app's {@code host.json}
     */
    public static LocalHost start(
            int port,
            String key,
            List<Class<?>> classes,
            FunctionInstanceInjector instances,
            QueueInbox inbox,
            JsonObject hostJson)
            throws IOException {
        HostSettings settings = HostSettings.of(hostJson);
        List<FunctionMethod> functions = classes.stream()
                .flatMap(type -> FunctionMethod.of(type).stream())
                .toList();
        List<FunctionMethod> overHttp = functions.stream()
                .filter(function -> function.trigger(HttpTrigger.class).isPresent())
                .toList();
        HttpFunctions http = new HttpFunctions(overHttp, instances, settings.routePrefix(), key);
        LoopbackServer server = LoopbackServer.serve("local-host", port, http::handle);
        List<QueuePump> pumps = functions.stream()
                .filter(function -> function.trigger(QueueTrigger.class).isPresent())
                .map(function -> new QueuePump(function, instances, inbox, settings))
                .toList();
        List<TimerPump> timers = functions.stream()
                .filter(function -> function.trigger(TimerTrigger.class).isPresent())
                .map(function -> new TimerPump(function, instances))
                .toList();
        pumps.forEach(QueuePump::start);
        timers.forEach(TimerPump::start);
        return new LocalHost(server, http, pumps, timers);
    }

    /** Where it answers: {@code http://127.0.0.1:port}; routes begin with the prefix of {@code host.json}. */
    public URI uri() {
        return server.uri();
    }

    /** Stops taking messages, lets the running functions end, then stops answering. */
    @Override
    public void close() {
        pumps.forEach(QueuePump::stop);
        timers.forEach(TimerPump::close);
        http.finish(QueuePump.LONGEST_STOP);
        pumps.forEach(QueuePump::close);
        server.close();
    }
}
