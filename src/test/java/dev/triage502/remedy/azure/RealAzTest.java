package dev.triage502.remedy.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.remedy.azure.LocalArm.Asked;
import dev.triage502.remedy.command.AzCatalogue;
import dev.triage502.remedy.command.AzReader;
import dev.triage502.remedy.shell.ShellCommand;
import dev.triage502.remedy.shell.ShellScript;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The real az 2.45 against a Resource Manager on this machine: what it sends is what the model assumes. Options that are
 * newer than 2.45 are not tried here: {@code --validate-cert-chain-and-expiry}, {@code --validate-sni}, {@code --sni-name},
 * {@code --dedicated-backend-connection}, {@code --enable-proxy-header}, {@code --enable-l4-client-ip}.
 */
@Tag("thorough")
@TestInstance(Lifecycle.PER_CLASS)
class RealAzTest {

    /** Debian's az asks for versions of its libraries that it does not bring; these are the ones that it brings. */
    private static final String START = String.join(
            "\n",
            "import sys",
            "from azure.cli.core.profiles import _shared as s",
            "p = s.AZURE_API_PROFILES['latest']",
            "p[s.ResourceType.MGMT_NETWORK] = '2022-07-01'",
            "p[s.ResourceType.MGMT_COMPUTE].profile[None] = '2022-08-01'",
            "p[s.ResourceType.MGMT_COMPUTE].profile['virtual_machine_scale_sets'] = '2022-08-01'",
            "from azure.cli.core import get_default_cli",
            "sys.exit(get_default_cli().invoke(sys.argv[1:]))");

    private static final AzureInterpreter INTERPRETER = new AzureInterpreter(new AzReader(AzCatalogue.read()));

    private Path folder = Path.of("");

    private Optional<LocalArm> arm = Optional.empty();

    @BeforeAll
    void logIn(@TempDir Path empty) throws Exception {
        folder = empty;
        assumeTrue(
                Files.exists(Path.of("/usr/bin/python3")), "there is no /usr/bin/python3, which Debian's az runs in");
        Process version = new ProcessBuilder(
                        "/usr/bin/python3", "-c", "import azure.cli.core as c; print(c.__version__)")
                .start();
        String said = new String(version.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assumeTrue(said.startsWith("2.45."), "az 2.45 is not installed (apt-get install azure-cli); found: " + said);
        Files.writeString(folder.resolve("az.py"), START);
        LocalArm local = new LocalArm(folder, AzureInterpreterTest.documents());
        arm = Optional.of(local);
        Path cloud = folder.resolve("cloud.json");
        Files.writeString(
                cloud,
                ("{'endpoints':{'resourceManager':'@','management':'@','activeDirectory':'@/adfs',"
                                + "'activeDirectoryResourceId':'@','activeDirectoryGraphResourceId':'@','gallery':'@',"
                                + "'logAnalyticsResourceId':'@'},'suffixes':{}}")
                        .replace('\'', '"')
                        .replace("@", local.address()));
        az(List.of("cloud", "register", "-n", "Local", "--cloud-config", "@" + cloud));
        az(List.of("cloud", "set", "-n", "Local"));
        az(List.of(
                "login",
                "--service-principal",
                "-u",
                "00000000-0000-0000-0000-0000000000b1",
                "-p",
                "x",
                "--tenant",
                "adfs"));
        local.takeAsked();
    }

    @AfterAll
    void stop() {
        arm.ifPresent(LocalArm::close);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "settings s --host-name x.example --port 8443 --timeout 60 | setting s | hostName port requestTimeout"
                        + " probe",
                "settings s --remove hostName | setting s | hostName",
                "settings s --remove probe | setting s | probe",
                "settings s --connection-draining-timeout 60 | setting s | connectionDraining",
                "probe p --path /x --match-status-codes 200-399 401 | probe p | path match host",
                "probe p --host-name-from-http-settings true --remove host | probe p | host"
                        + " pickHostNameFromBackendHttpSettings",
                "pool --servers 10.0.0.5 app.example | pool pool | backendAddresses",
                "pool --remove backendAddresses 0 | pool pool | backendAddresses",
                "pool --remove backendAddresses 0 --add backendAddresses fqdn=c.example | pool pool | backendAddresses",
                "map --default-address-pool pool | map m | defaultBackendAddressPool pathRules",
                "map --set \"pathRules[0].backendAddressPool.id=GATEWAY/backendAddressPools/bare\" | path x |"
                        + " backendAddressPool backendHttpSettings paths",
                "way --priority 20 | way r | priority backendAddressPool",
                "way --address-pool pool | way r | priority backendAddressPool",
                "gateway --min-capacity 3 | gateway | autoscaleConfiguration sku",
                "rule-create n --priority 300 --source-address-prefixes 10.0.0.0/24 10.1.0.0/24"
                        + " --destination-port-ranges 443 | rule n | sourceAddressPrefixes destinationPortRange priority"
                        + " access direction protocol",
                "rule deny --priority 300 | rule deny | priority destinationPortRanges",
                "route-create n --address-prefix 10.1.0.0/16 --next-hop-type VnetLocal | route n | addressPrefix"
                        + " nextHopType",
                "route fw --next-hop-type Internet --remove nextHopIpAddress | route fw | nextHopType nextHopIpAddress",
                "subnet --remove routeTable | subnet | routeTable",
                "peering update -g rg --vnet-name hub -n to-spoke --set allowVirtualNetworkAccess=false | peering"
                        + " to-spoke | allowVirtualNetworkAccess",
                "record update -g rg -z p.example -n app --set \"aRecords[0].ipv4Address=10.0.0.7\" | zone app |"
                        + " aRecords",
                "link-create l --virtual-network hub | zone l | registrationEnabled virtualNetwork",
            })
    void sendsWhatTheModelAssumes(String command, String where, String fields) throws Exception {
        AzureModel model = AzureModel.of(AzureInterpreterTest.documents());
        String whole = AzureInterpreterTest.spelled(command.replace("GATEWAY", AzureInterpreterTest.GATEWAY_ID));
        INTERPRETER.run(whole, model);
        JsonObject expected = AzureInterpreterTest.part(where, model);

        String said = az(words(whole));
        Asked put = arm.orElseThrow().takeAsked().stream()
                .filter(each -> each.method().equals("PUT") || each.method().equals("PATCH"))
                .reduce((first, second) -> second)
                .orElseThrow(() -> new AssertionError("az wrote nothing: " + said));

        JsonObject sent = find(LocalArm.json(put), Resource.text(expected, "name"), put.path());
        for (String field : fields.split(" ")) {
            assertThat(text(sent, field)).as(field + " in " + put.body()).isEqualTo(text(expected, field));
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "az vm start -g rg -n vm | /virtualMachines/vm/start",
                "az network application-gateway stop -g rg -n agw | /applicationGateways/agw/stop",
                "az network application-gateway start -g rg -n agw | /applicationGateways/agw/start",
                "az vm stop -g rg -n vm | /virtualMachines/vm/powerOff",
                "az vm deallocate -g rg -n vm | /virtualMachines/vm/deallocate",
                "az vmss start -g rg -n set --instance-ids 0 1 | /virtualMachineScaleSets/set/start",
                "az vmss stop -g rg -n set --instance-ids 0 1 | /virtualMachineScaleSets/set/powerOff",
                "az vmss deallocate -g rg -n set --instance-ids 0 1 | /virtualMachineScaleSets/set/deallocate",
                "az webapp start -g rg -n app | /sites/app/start",
                "az webapp stop -g rg -n app | /sites/app/stop",
                "az aks start -g rg -n aks | /managedClusters/aks/start",
                "az aks stop -g rg -n aks | /managedClusters/aks/stop",
            })
    void asksForTheAction(String command, String path) throws Exception {
        az(words(command));

        assertThat(arm.orElseThrow().takeAsked())
                .anyMatch(each ->
                        each.method().equals("POST") && lower(each.path()).endsWith(lower(path)));
    }

    private static String lower(String path) {
        return path.toLowerCase(java.util.Locale.ROOT);
    }

    /** A field as the model compares it; a status of its own, an etag and the like are not what was asked for. */
    private static String text(JsonObject part, String field) {
        JsonElement value = new Resource(part).properties().get(field);
        return value == null ? "absent" : Normaliser.of(value).toString().toLowerCase(java.util.Locale.ROOT);
    }

    /** The part of this name in what was put: the whole where that is of the name, else one within it. */
    private static JsonObject find(JsonElement put, String name, String path) {
        if (path.endsWith("/" + name) && put instanceof JsonObject whole) {
            return whole;
        }
        List<JsonObject> found = new ArrayList<>();
        collect(put, name, found);
        assertThat(found).as(name + " in " + put).isNotEmpty();
        return found.get(0);
    }

    private static void collect(JsonElement element, String name, List<JsonObject> found) {
        if (element.isJsonArray()) {
            element.getAsJsonArray().forEach(each -> collect(each, name, found));
        } else if (element instanceof JsonObject object) {
            if (Resource.text(object, "name").equals(name)) {
                found.add(object);
            }
            object.entrySet().forEach(each -> collect(each.getValue(), name, found));
        }
    }

    private static List<String> words(String command) {
        ShellCommand parsed = ShellScript.parse(command).commands().get(0);
        return parsed.words().stream()
                .skip(1)
                .map(word -> word.text().orElseThrow())
                .toList();
    }

    private String az(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("/usr/bin/python3", folder.resolve("az.py").toString()));
        command.addAll(arguments);
        Path output = Files.createTempFile(folder, "az", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("AZURE_CONFIG_DIR", folder.resolve("config").toString());
        builder.environment().put("AZURE_CORE_COLLECT_TELEMETRY", "false");
        builder.environment()
                .put("REQUESTS_CA_BUNDLE", arm.orElseThrow().certificate().toString());
        builder.environment()
                .keySet()
                .removeIf(name -> name.toLowerCase(java.util.Locale.ROOT).endsWith("_proxy"));
        Process process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(90, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return Files.readString(output);
    }
}
