package dev.triage502.function;

import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpPipelineBuilder;
import com.google.gson.JsonObject;
import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import dev.triage502.azure.AzureAccess;
import dev.triage502.azure.AzureCredentials;
import dev.triage502.azure.AzureSettings;
import dev.triage502.azure.OutboundHttp;
import dev.triage502.azure.SdkLogging;
import dev.triage502.collect.CollectionProgress;
import dev.triage502.collect.GatewaySearch;
import dev.triage502.collect.Investigation;
import dev.triage502.deliver.AccessTokens;
import dev.triage502.deliver.ChannelHttp;
import dev.triage502.deliver.ChannelTools;
import dev.triage502.deliver.DeliveryResult;
import dev.triage502.deliver.SlackReplies;
import dev.triage502.redaction.LogRedaction;
import dev.triage502.store.LazyValue;
import dev.triage502.store.StorageAccount;
import dev.triage502.store.Store;
import dev.triage502.triage.Triage;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Logger;

/**
 * Puts the app together, once, and gives the worker its functions.
 *
 * <p>The worker finds it through {@code META-INF/services}, and asks it at each invocation. Everything is made when it
 * is first used: an alert that comes to a cold app must not wait for what only a diagnosis needs.
 */
public final class Wiring implements FunctionInstanceInjector {

    private static final Logger LOG = LogRedaction.on(Logger.getLogger(Wiring.class.getName()));

    private static final Duration STORAGE_CONNECT = Duration.ofSeconds(3);
    private static final Duration STORAGE_ANSWER = Duration.ofSeconds(5);
    private static final Duration CHANNEL_CONNECT = Duration.ofSeconds(5);
    private static final Duration CHANNEL_ANSWER = Duration.ofSeconds(15);

    /** For one request of a channel and its whole answer. */
    private static final Duration CHANNEL_DEADLINE = Duration.ofSeconds(20);

    private final AppSettings settings;
    private final Clock clock;
    private final LazyValue<Store> store = new LazyValue<>(this::store);
    private final LazyValue<AzureAccess> azure;
    private final LazyValue<HttpPipeline> channelHttp = new LazyValue<>(() -> new HttpPipelineBuilder()
            .httpClient(http(CHANNEL_CONNECT, CHANNEL_ANSWER))
            .build());
    private final Function<BiFunction<String, JsonObject, DeliveryResult>, SlackDesk> slackDesks;
    private final ChannelDesk channels;
    private final Map<Class<?>, Supplier<?>> functions = new LinkedHashMap<>();

    /** For the worker: with the settings of this process. */
    public Wiring() {
        this(System.getenv(), Clock.systemUTC(), CollectionProgress.none());
    }

    /**
     * For hosts of our own.
     *
     * @param watcher told of every source that is asked
     */
    public Wiring(Map<String, String> environment, Clock clock, CollectionProgress watcher) {
        SdkLogging.quieten();
        this.settings = AppSettings.read(environment);
        this.clock = clock;
        this.azure = new LazyValue<>(() -> AzureAccess.open(settings.azure()));
        this.channels = new ChannelDesk(
                settings, store, new ChannelTools(channelSender(), clock, settings.hearsSlack(), tokens()));
        settings.problems().forEach(problem -> LOG.severe("invalid setting: " + problem));
        LazyValue<Investigation> investigation =
                new LazyValue<>(() -> new Investigation(azure.get(), Investigation.Options.allowing(settings::allows)));
        LazyValue<DiagnosisService> workshop =
                new LazyValue<>(() -> new DiagnosisService(investigation, new Triage(), watcher, clock));
        SignedInPerson people = new SignedInPerson(environment);
        AppAddresses addresses = new AppAddresses(settings.publicUrl());
        SignedLinks links = new SignedLinks(settings::links, store, clock);
        MessageLinks messageLinks = new MessageLinks(addresses, links, people);
        IncidentViews views = new IncidentViews(store, links, addresses);
        FeedbackDesk feedback = new FeedbackDesk(store, clock);
        RequestDesk asked = new RequestDesk(store, clock);
        CurrentCourier courier = new CurrentCourier(channels, clock, LOG);
        LazyValue<ReportDispatch> dispatch =
                new LazyValue<>(() -> new ReportDispatch(store.get(), courier, messageLinks, clock));
        LazyValue<IncidentDesk> desk =
                new LazyValue<>(() -> new IncidentDesk(store.get(), dispatch.get(), settings.life(), clock));
        LazyValue<AlertIntake> reception = new LazyValue<>(() -> new AlertIntake(store.get(), desk.get()));
        LazyValue<GivingUp> givingUp =
                new LazyValue<>(() -> new GivingUp(store.get(), desk.get(), dispatch.get(), settings.cloud()));
        LazyValue<RequestWatch> requests =
                new LazyValue<>(() -> new RequestWatch(store.get(), desk.get(), givingUp.get()));
        EvidenceArchive archive = new EvidenceArchive(store, settings::keepEvidence);
        GatewayLookup gateways = new GatewayLookup(() -> new GatewaySearch(azure.get()));
        RequestedDiagnosis diagnoses = new RequestedDiagnosis(store, workshop, archive, clock);
        this.slackDesks = answers -> new SlackDesk(gateways, diagnoses, feedback, views, messageLinks, answers, clock);
        LazyValue<SlackDesk> slack = new LazyValue<>(() -> slackDesk(slackReplies()::post));
        put(AlertsFunction.class, () -> new AlertsFunction(reception));
        put(IgnoredAlertsFunction.class, () -> new IgnoredAlertsFunction(store));
        put(TriageFunction.class, () -> new TriageFunction(store, workshop.get(), archive, desk, dispatch));
        put(TriageGivenUpFunction.class, () -> new TriageGivenUpFunction(store, givingUp));
        put(DeliverFunction.class, () -> new DeliverFunction(store, dispatch));
        put(DeliverGivenUpFunction.class, () -> new DeliverGivenUpFunction(store, dispatch));
        put(
                WatchFunction.class,
                () -> new WatchFunction(store, desk, dispatch, givingUp, requests, settings::retention));
        put(DiagnoseFunction.class, () -> new DiagnoseFunction(gateways, diagnoses, asked, views, clock));
        put(ChannelsFunction.class, () -> new ChannelsFunction(channels::listing));
        put(DoctorFunction.class, () -> new DoctorFunction(gateways, investigation, clock));
        put(DiagnosesFunction.class, () -> new DiagnosesFunction(store, views));
        put(FeedbackFunction.class, () -> new FeedbackFunction(store, feedback));
        put(IncidentsFunction.class, () -> new IncidentsFunction(store, views));
        put(IncidentLinksFunction.class, () -> new IncidentLinksFunction(store, links, views, addresses));
        put(CausesFunction.class, () -> new CausesFunction(addresses));
        put(LinkFunction.class, () -> new LinkFunction(links, people, views, feedback, addresses));
        put(SlackFunction.class, () -> new SlackFunction(store, settings::slack, slack, clock));
        put(ViewFunction.class, () -> new ViewFunction(people, views, feedback, addresses, asked, clock));
    }

    /** Where incidents are kept, for whoever looks at them without a host. */
    public Store openStore() {
        return store.get();
    }

    /** The classes that hold functions. */
    public List<Class<?>> functions() {
        return List.copyOf(functions.keySet());
    }

    public AppSettings settings() {
        return settings;
    }

    /** What would keep it from working, found by trying it; see {@link StartCheck}. */
    public List<String> startProblems() {
        return new StartCheck(settings, store).problems();
    }

    /** @throws IllegalArgumentException if the class holds no function of ours */
    @Override
    public <T> T getInstance(Class<T> type) {
        Supplier<?> function = functions.get(type);
        if (function == null) {
            throw new IllegalArgumentException(type.getName() + " is not one of " + functions.keySet());
        }
        return type.cast(function.get());
    }

    private <T> void put(Class<T> type, Supplier<T> making) {
        functions.put(type, new LazyValue<>(making));
    }

    /** The channels, for whoever looks at them without a host. */
    public ChannelDesk channels() {
        return channels;
    }

    /** What is done for people in Slack, with another way to answer them than over HTTP. */
    SlackDesk slackDesk(BiFunction<String, JsonObject, DeliveryResult> answers) {
        return slackDesks.apply(answers);
    }

    private ChannelHttp channelSender() {
        return new ChannelHttp(
                channelHttp, CHANNEL_DEADLINE, !settings.surroundings().areOfAppService());
    }

    private SlackReplies slackReplies() {
        return new SlackReplies(channelSender());
    }

    private Store store() {
        StorageSettings storage = settings.storage();
        LazyValue<HttpClient> http = new LazyValue<>(() -> http(STORAGE_CONNECT, STORAGE_ANSWER));
        if (storage.store() instanceof StorageLocation.Folder folder) {
            return storage.queues() instanceof StorageLocation.Folder
                    ? Store.inFolder(folder.path(), clock)
                    : Store.inFolder(folder.path(), account(storage.queues(), http.get()));
        }
        StorageAccount queues = account(storage.queues(), http.get());
        return storage.store().equals(storage.queues())
                ? Store.inAzure(queues, queues)
                : Store.inAzure(account(storage.store(), http.get()), queues);
    }

    private StorageAccount account(StorageLocation place, HttpClient http) {
        if (place instanceof StorageLocation.ByConnectionString secret) {
            return StorageAccount.byConnectionString(secret.connectionString(), http);
        }
        StorageLocation.ByIdentity account = (StorageLocation.ByIdentity) place;
        AzureSettings cloud = settings.azure();
        AzureSettings identity = cloud.as(account.clientId());
        return StorageAccount.byIdentity(
                account.blobs(),
                account.queues(),
                account.tables(),
                new LazyValue<>(() -> AzureCredentials.of(identity, http)),
                http);
    }

    /** As the app's own identity, which is found when the first channel needs it. */
    private AccessTokens tokens() {
        LazyValue<TokenCredential> identity =
                new LazyValue<>(() -> AzureCredentials.of(settings.azure(), http(CHANNEL_CONNECT, CHANNEL_ANSWER)));
        return scope -> identity.get()
                .getTokenSync(new TokenRequestContext().addScopes(scope))
                .getToken();
    }

    private HttpClient http(Duration connect, Duration answer) {
        return OutboundHttp.client(
                settings.surroundings(),
                builder -> builder.connectionTimeout(connect)
                        .responseTimeout(answer)
                        .readTimeout(answer));
    }
}
