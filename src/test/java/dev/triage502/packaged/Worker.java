package dev.triage502.packaged;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Loads the packaged app as the Java worker of Azure Functions does and calls its entry points; runs in a process of its
 * own, with nothing of the app on its class path.
 *
 * <p>As in the worker: Gson 2.9.0 and the core library in a parent that wins; the app's jar and its libraries, in no
 * certain order, below it; instances from the injector that {@code META-INF/services} names; the context class loader
 * set only while a function runs. Prints a line for each call.
 */
final class Worker {

    private static final List<String> WORKERS_OWN =
            List.of("gson-2.9.0.jar", "azure-functions-java-spi-1.1.0.jar", "azure-functions-java-library-3.2.3.jar");

    private final Path app;
    private final ClassLoader parent;
    private final ClassLoader loader;
    private final Object injector;
    private final Map<String, Method> functions = new HashMap<>();

    private Worker(Path app, Path coreLibrary, long seed) throws Exception {
        this.app = app;
        List<URL> own = new ArrayList<>(List.of(coreLibrary.toUri().toURL()));
        for (String jar : WORKERS_OWN) {
            own.add(app.resolve("lib").resolve(jar).toUri().toURL());
        }
        this.parent = new URLClassLoader("worker", own.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        List<URL> urls = new ArrayList<>();
        try (Stream<Path> jars = Stream.concat(Files.list(app), Files.list(app.resolve("lib")))) {
            for (Path jar : jars.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList()) {
                urls.add(jar.toUri().toURL());
            }
        }
        Collections.shuffle(urls, new Random(seed));
        this.loader = new URLClassLoader("app", urls.toArray(URL[]::new), parent);
        this.injector = ServiceLoader.load(
                        parent.loadClass("com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector"), loader)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no injector in META-INF/services"));
    }

    /** {@code app folder, core library, seed of the order, store folder, file with an alert, the gateway's id}. */
    public static void main(String[] args) throws Exception {
        Worker worker = new Worker(Path.of(args[0]), Path.of(args[1]), Long.parseLong(args[2]));
        worker.loadAll();
        Path store = Path.of(args[3]);
        worker.http("alerts", Files.readString(Path.of(args[4])), Map.of(), Map.of());
        worker.queued("triage", store.resolve("queues/triage502-incidents"));
        worker.queued("deliver", store.resolve("queues/triage502-deliveries"));
        worker.http("diagnose", "", Map.of("gateway", args[5], "wait", "30"), Map.of());
        worker.http("diagnoses", "", Map.of(), Map.of("id", "no-such-incident"));
        worker.http("accuracy", "", Map.of(), Map.of());
        worker.http("feedback", "{}", Map.of(), Map.of("id", "no-such-incident"));
        worker.http("incidents", "", Map.of(), Map.of());
        worker.http("ignored-alerts", "", Map.of(), Map.of());
        worker.http("incident", "", Map.of(), Map.of("id", "no-such-incident"));
        worker.http("incident-evidence", "", Map.of(), Map.of("id", "no-such-incident"));
        worker.http("channels", "", Map.of(), Map.of());
        worker.http("slack-action", "{}", Map.of(), Map.of());
        worker.call("slack-answer", List.of("no message of ours"), Map.of());
        worker.http("causes", "", Map.of(), Map.of());
        worker.http("cause", "", Map.of(), Map.of("id", "no-such-cause"));
        worker.http("incident-link", "", Map.of(), Map.of("token", "none"));
        worker.http("incident-link-file", "", Map.of(), Map.of("token", "none"));
        worker.http("incident-link-feedback", "", Map.of(), Map.of("token", "none"));
        worker.http("incident-links", "{}", Map.of(), Map.of("id", "no-such-incident"));
        worker.http("incident-links-revoke", "{}", Map.of(), Map.of("id", "no-such-incident"));
        for (String view : List.of("view", "view-file", "view-feedback", "view-diagnose")) {
            worker.http(view, "", Map.of(), Map.of("id", "no-such-incident"));
        }
        worker.http("doctor", "", Map.of("gateway", args[5]), Map.of());
        worker.call("watch", List.of("{}"), Map.of());
        worker.call("triage-given-up", List.of("no message of ours"), Map.of());
        worker.call("deliver-given-up", List.of("no message of ours"), Map.of());
        System.exit(0);
    }

    /** Every folder of the app with a function.json in it. */
    static List<String> functionsIn(Path app) throws Exception {
        try (Stream<Path> folders = Files.list(app)) {
            return folders.filter(folder -> Files.exists(folder.resolve("function.json")))
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    private void http(String function, String body, Map<String, String> query, Map<String, String> route)
            throws Exception {
        Object request = proxy("HttpRequestMessage", (name, arguments) -> switch (name) {
            case "getBody" -> body.isEmpty() ? Optional.empty() : Optional.of(body);
            case "getHeaders" -> Map.of("accept", "application/json");
            case "getQueryParameters" -> query;
            case "getUri" -> URI.create("http://localhost/api/" + function);
            case "getHttpMethod" -> constant("HttpMethod", body.isEmpty() ? "GET" : "POST");
            case "createResponseBuilder" -> builder(arguments[0]);
            default -> null;
        });
        call(function, List.of(request), route);
    }

    /** Calls the function with each message that its queue holds. */
    private void queued(String function, Path queue) throws Exception {
        List<Path> messages;
        try (Stream<Path> files = Files.list(queue)) {
            messages = files.filter(file -> !file.getFileName().toString().startsWith("."))
                    .toList();
        }
        for (Path file : messages) {
            String text = new String(Base64.getDecoder().decode(Files.readString(file)), StandardCharsets.UTF_8);
            Files.delete(file);
            call(function, List.of(text), Map.of());
        }
    }

    /** Azure has the worker load each function before the first one is called. */
    private void loadAll() throws Exception {
        for (String function : functionsIn(app)) {
            functions.put(function, load(function));
        }
    }

    private Method load(String function) throws Exception {
        Matcher entry = Pattern.compile("\"entryPoint\"\\s*:\\s*\"([^\"]+)\\.([^.\"]+)\"")
                .matcher(Files.readString(app.resolve(function).resolve("function.json")));
        if (!entry.find()) {
            throw new IllegalStateException(function + ": function.json without an entryPoint");
        }
        return Stream.of(loader.loadClass(entry.group(1)).getMethods())
                .filter(each -> each.getName().equals(entry.group(2)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(function + ": no public " + entry.group(2)));
    }

    private void call(String function, List<Object> triggers, Map<String, String> metadata) throws Exception {
        Method method = Optional.ofNullable(functions.get(function))
                .orElseThrow(() -> new IllegalStateException("no function " + function));
        Object[] arguments = Stream.of(method.getParameterTypes())
                .map(wanted -> argument(wanted, triggers, metadata, function))
                .toArray();
        Thread.currentThread().setContextClassLoader(loader);
        try {
            Object instance = injector.getClass()
                    .getMethod("getInstance", Class.class)
                    .invoke(injector, method.getDeclaringClass());
            Object answer = method.invoke(instance, arguments);
            System.out.println(function + " " + (answer == null ? "done" : answer));
        } catch (InvocationTargetException e) {
            System.out.println(function + " threw " + e.getCause());
            e.getCause().printStackTrace();
        } finally {
            Thread.currentThread().setContextClassLoader(ClassLoader.getSystemClassLoader());
        }
    }

    private Object argument(Class<?> wanted, List<Object> triggers, Map<String, String> metadata, String function) {
        if (wanted.getSimpleName().equals("ExecutionContext")) {
            return proxy("ExecutionContext", (name, arguments) -> switch (name) {
                case "getLogger" -> Logger.getLogger(function);
                case "getInvocationId", "getFunctionName" -> function;
                default -> null;
            });
        }
        boolean isTrigger = wanted.isInstance(triggers.get(0)) && metadata.isEmpty() || wanted.isInterface();
        return isTrigger ? triggers.get(0) : metadata.values().iterator().next();
    }

    /** A builder of an answer, and the answer: both print as the status. */
    private Object builder(Object status) {
        Map<String, Object> built = new HashMap<>(Map.of("status", status));
        return proxy("HttpResponseMessage$Builder", (name, arguments) -> switch (name) {
            case "status", "body" -> {
                built.put(name, arguments[0]);
                yield null;
            }
            case "build" ->
                proxy("HttpResponseMessage", (getter, none) -> switch (getter) {
                    case "toString" -> number(built.get("status")) + " " + built.get("body");
                    case "getStatus" -> built.get("status");
                    case "getBody" -> built.get("body");
                    default -> null;
                });
            default -> null;
        });
    }

    private static Object number(Object status) {
        try {
            return status.getClass().getMethod("value").invoke(status);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Answers {
        Object to(String method, Object[] arguments) throws Exception;
    }

    /** An instance of an interface of the worker's; a method of a builder that says nothing returns the builder. */
    private Object proxy(String name, Answers answers) {
        try {
            Class<?> type = parent.loadClass("com.microsoft.azure.functions." + name);
            return Proxy.newProxyInstance(parent, new Class<?>[] {type}, (proxy, method, arguments) -> {
                Object answer = answers.to(method.getName(), arguments);
                return answer == null && method.getReturnType().isInstance(proxy) ? proxy : answer;
            });
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private Object constant(String type, String name) throws Exception {
        Class<?> enumeration = parent.loadClass("com.microsoft.azure.functions." + type);
        return enumeration.getMethod("valueOf", String.class).invoke(null, name);
    }
}
