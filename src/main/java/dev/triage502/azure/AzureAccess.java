package dev.triage502.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.policy.RequestIdPolicy;
import com.azure.core.http.policy.UserAgentPolicy;
import com.azure.core.util.Context;
import dev.triage502.incident.CloudName;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Azure, as this process may ask it: one HTTP pipeline, its tokens and its threads. Make one and share it; it is safe
 * for use by many.
 */
public final class AzureAccess implements AutoCloseable {

    private static final int HTTP_THREADS = 8;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private final CloudName cloudName;
    private final ThreadPoolExecutor http;
    private final ScheduledThreadPoolExecutor watch;
    private final ServiceEndpoints endpoints;
    private final Optional<TokenCredential> credential;
    private final ArmClient arm;
    private final LogQueryClient logs;
    private final AzureSettings settings;
    private final AtomicBoolean connected = new AtomicBoolean();
    private @Nullable HttpClient client;

    private AzureAccess(AzureSettings settings, boolean atOnce) {
        this.settings = settings;
        SdkLogging.quieten();
        cloudName = settings.cloud().cloudName();
        endpoints = ServiceEndpoints.of(settings);
        http = new ThreadPoolExecutor(
                HTTP_THREADS, HTTP_THREADS, 20, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), daemons("http"));
        http.allowCoreThreadTimeOut(true);
        watch = new ScheduledThreadPoolExecutor(1, daemons("watch"));
        watch.setRemoveOnCancelPolicy(true);
        credential = settings.pretends()
                ? Optional.empty()
                : Optional.of(new TokenCache(AzureCredentials.of(settings, this::client)));
        if (atOnce) {
            warmUp();
        }
        HttpPipeline pipeline = new HttpPipelineBuilder()
                .httpClient(client())
                .policies(
                        new UserAgentPolicy(userAgent()),
                        new RequestIdPolicy(),
                        new ErrorResponsePolicy(),
                        new ThrottlingRetryPolicy(),
                        credential
                                .map(known -> TokenPolicy.of(endpoints, known))
                                .orElseGet(() -> TokenPolicy.pretending(endpoints)),
                        new SingleAttemptPolicy(watch, ProxyRoute.of(settings.surroundings())))
                .build();
        arm = new ArmClient(pipeline, endpoints);
        logs = new LogQueryClient(pipeline, endpoints);
    }

    /** Opens no connection and asks for no token yet. */
    public static AzureAccess open(AzureSettings settings) {
        return new AzureAccess(settings, false);
    }

    /** The same, and begins to fetch the first tokens before it puts the rest together. */
    public static AzureAccess openAtOnce(AzureSettings settings) {
        return new AzureAccess(settings, true);
    }

    /** Which Azure it is. */
    public CloudName cloudName() {
        return cloudName;
    }

    public ArmClient arm() {
        return arm;
    }

    public LogQueryClient logs() {
        return logs;
    }

    /** Whether something else answers in Azure's place: then the backends that it tells of are nowhere either. */
    public boolean isPretended() {
        return endpoints.pretended();
    }

    /**
     * Begins to fetch the first tokens, which takes over a second, and to connect to Azure, while other things start. Returns at
     * once.
     */
    public void warmUp() {
        credential.ifPresent(known -> {
            // The Azure CLI keeps a processor busy, and the log is asked later than the rest: its token comes second.
            inBackground(() -> {
                token(known, endpoints.armScope());
                token(known, endpoints.logsScope());
            });
            inBackground(this::connect);
        });
    }

    private static void token(TokenCredential credential, String scope) {
        credential.getTokenSync(new TokenRequestContext().addScopes(scope));
    }

    /**
     * Opens the connection that the first call takes, with all that TLS loads and reads: half a second of a fresh process.
     * What is answered to nobody without a token does not matter.
     */
    private void connect() {
        if (connected.compareAndSet(false, true)) {
            client().sendSync(new HttpRequest(HttpMethod.GET, endpoints.arm().toString()), Context.NONE)
                    .close();
        }
    }

    /**
     * Makes sure that somebody is signed in, before anything is asked.
     *
     * @throws SignInFailed if nobody is, with a sentence and a command for a person
     */
    public void requireSignIn() {
        credential.ifPresent(known -> token(known, endpoints.armScope()));
    }

    /** Ends the threads; a call under way fails. */
    @Override
    public void close() {
        watch.shutdownNow();
        http.shutdownNow();
    }

    /** The one client, made for who asks first: to make it takes a moment, in which tokens can be on their way. */
    private synchronized HttpClient client() {
        HttpClient known = client;
        if (known == null) {
            known = OutboundHttp.client(
                    settings.surroundings(),
                    builder -> builder.executor(http)
                            .connectionTimeout(CONNECT_TIMEOUT)
                            // The deadline is watched by the pipeline, over the whole answer; this one would take a
                            // thread
                            // a read.
                            .readTimeout(Duration.ZERO)
                            .writeTimeout(Duration.ZERO));
            client = known;
        }
        return known;
    }

    private static void inBackground(Runnable work) {
        daemons("token")
                .newThread(() -> {
                    try {
                        work.run();
                    } catch (RuntimeException e) {
                        // The first call that needs the token is told the same.
                    }
                })
                .start();
    }

    private static ThreadFactory daemons(String name) {
        AtomicInteger count = new AtomicInteger();
        return work -> {
            Thread thread = Executors.defaultThreadFactory().newThread(work);
            thread.setName("triage502-" + name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    private static String userAgent() {
        String version = AzureAccess.class.getPackage().getImplementationVersion();
        return "triage502/" + (version == null ? "dev" : version);
    }
}
