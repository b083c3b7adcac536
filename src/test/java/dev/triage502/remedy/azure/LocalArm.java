package dev.triage502.remedy.azure;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.SourceDocuments;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Azure Resource Manager and its log-in on this machine, for az: it gives what the documents hold and writes down what is asked. */
final class LocalArm implements AutoCloseable {

    private static final char[] PASSWORD = "local-only".toCharArray();

    /** What was asked. */
    record Asked(String method, String path, String body) {}

    private final HttpsServer server;
    private final Path certificate;
    private final Map<String, JsonObject> resources = new ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    LocalArm(Path folder, SourceDocuments documents) throws Exception {
        for (Source source : Source.values()) {
            documents.get(source).toOptional().ifPresent(this::learn);
        }
        Path store = folder.resolve("local.p12");
        certificate = folder.resolve("local.pem");
        keytool(
                "-genkeypair",
                "-alias",
                "local",
                "-keyalg",
                "RSA",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "san=ip:127.0.0.1",
                "-ext",
                "bc:c=ca:true",
                "-validity",
                "2",
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD));
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                "local",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD),
                "-file",
                certificate.toString());
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context(store)));
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
    }

    String address() {
        return "https://127.0.0.1:" + server.getAddress().getPort();
    }

    Path certificate() {
        return certificate;
    }

    /** What was asked since the last time that somebody wanted to know. */
    List<Asked> takeAsked() {
        List<Asked> all = List.copyOf(asked);
        asked.clear();
        return all;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void learn(JsonElement element) {
        if (element instanceof JsonArray array) {
            array.forEach(this::learn);
        } else if (element instanceof JsonObject object) {
            if (object.has("name") && object.has("id")) {
                JsonObject copy = object.deepCopy();
                copy.addProperty("location", "westeurope");
                resources.put(Resource.text(object, "id").toLowerCase(Locale.ROOT), copy);
            }
            object.entrySet().forEach(field -> learn(field.getValue()));
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String method = exchange.getRequestMethod();
        int status = 200;
        String answer;
        if (path.endsWith("/openid-configuration")) {
            answer = "{\"issuer\":\"" + address() + "/adfs\",\"authorization_endpoint\":\"" + address()
                    + "/adfs/oauth2/authorize\",\"token_endpoint\":\"" + address() + "/adfs/oauth2/token\"}";
        } else if (path.endsWith("/token")) {
            answer = "{\"access_token\":\"not-a-secret\",\"token_type\":\"Bearer\",\"expires_in\":3600}";
        } else if (path.equalsIgnoreCase("/subscriptions")) {
            answer = "{\"value\":[{\"id\":\"/subscriptions/00000000-0000-0000-0000-0000000000a1\",\"subscriptionId\":"
                    + "\"00000000-0000-0000-0000-0000000000a1\",\"displayName\":\"local\",\"state\":\"Enabled\"}]}";
        } else {
            asked.add(new Asked(method, path, body));
            Optional<JsonObject> found = Optional.ofNullable(resources.get(path.toLowerCase(Locale.ROOT)));
            if (method.equals("PUT")) {
                answer = body;
            } else if (method.equals("GET") && found.isEmpty()) {
                status = 404;
                answer = "{\"error\":{\"code\":\"ResourceNotFound\",\"message\":\"not found\"}}";
            } else {
                answer = found.map(JsonObject::toString).orElse("{}");
            }
        }
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static SSLContext context(Path store) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home", ""), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException("keytool: " + said);
        }
    }

    /** The JSON that a request carried. */
    static JsonObject json(Asked asked) {
        return JsonParser.parseString(asked.body()).getAsJsonObject();
    }
}
