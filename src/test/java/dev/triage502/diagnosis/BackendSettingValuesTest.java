package dev.triage502.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Scene;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An undo that leaves a field other than it was is a second change that nobody asked for. */
class BackendSettingValuesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'hostName':'a.example.com' | setting-host-before | --host-name =a.example.com"
                        + " --host-name-from-backend-pool =false",
                "'pickHostNameFromBackendAddress':true | setting-host-before | --remove =hostName"
                        + " --host-name-from-backend-pool =true",
                "'cookieBasedAffinity':'Disabled' | setting-host-before | --remove =hostName"
                        + " --host-name-from-backend-pool =false",
                "'trustedRootCertificates':[{'id':'/x/b'},{'id':'/x/a'}] | setting-roots-before | --root-certs =a =b",
                "'trustedRootCertificates':[] | setting-roots-before | --remove =trustedRootCertificates",
                "'authenticationCertificates':[{'id':'/x/a'}] | setting-auth-certs | a",
                "'authenticationCertificates':[{'id':'/x/a'}] | setting-auth-certs-before | --auth-certs =a",
                "'connectionDraining':{'enabled':true,'drainTimeoutInSec':40} | draining-seconds | 40",
                "'connectionDraining':{'enabled':false,'drainTimeoutInSec':1} | draining-seconds | 0",
                "'requestTimeout':45 | setting-timeout | 45",
                "'requestTimeout':45 | setting-probe-before | --probe =probe-shop",
                "'pickHostNameFromBackendAddress':true | setting-sends-host | yes",
                "'pickHostNameFromBackendAddress':true | setting-picks-host | yes",
                "'port':8443 | setting-port | 8443",
                "'protocol':'Http' | setting-protocol | Http",
            })
    void aSettingsFieldIsPutBackAsItWas(String fields, String name, String expected) {
        assertThat(values(Scene.v2().shop(fields))).containsEntry(name, expected.replace(' ', '\n'));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'host':'p.example.com' | probe-host-before | --host =p.example.com --host-name-from-http-settings"
                        + " =false",
                "'pickHostNameFromBackendHttpSettings':true | probe-host-before | --remove =host"
                        + " --host-name-from-http-settings =true",
                "'port':8443 | probe-port-before | --port =8443",
                "'path':'/' | probe-port-before | --remove =port",
                "'path':'/up' | probe-path-before | --path =/up",
                "'match':{'statusCodes':['200','401']} | probe-status-codes-before | --match-status-codes =200 =401",
                "'match':{} | probe-status-codes-before | --remove =match.statusCodes",
                "'match':{'body':'up'} | probe-body-before | --match-body =up",
                "'interval':5 | probe-interval | 5",
                "'port':8443 | probe-port | 8443",
                "'host':'p.example.com' | probe-host | p.example.com",
                "'host':'$(touch X)' | probe-host | $(touch X)",
                "'match':{'body':'it is;up'} | probe-body | it is;up",
                "'match':{'statusCodes':['200-299','401']} | probe-status-codes | 200-299 401",
                "'timeout':7 | probe-timeout | 7",
                "'unhealthyThreshold':2 | probe-threshold | 2",
                "'host':'p','path':'/up','interval':5,'timeout':7,'unhealthyThreshold':2,'match':{'statusCodes':['200'],'body':'up'}"
                        + " | probe-copy-options | --host =p --path =/up --interval =5 --timeout =7 --threshold =2"
                        + " --match-status-codes =200 --match-body =up",
            })
    void aProbesFieldIsPutBackAsItWas(String fields, String name, String expected) {
        assertThat(values(Scene.v2().shop("'hostName':'a'", fields, "10.0.3.4")))
                .containsEntry(name, name.matches(".*-(?:before|options)") ? expected.replace(' ', '\n') : expected);
    }

    @Test
    void whatAProbeDoesNotSayHasNoValue() {
        assertThat(values(Scene.v2().shop("'hostName':'a'", "'pickHostNameFromBackendHttpSettings':true", "10.0.3.4")))
                .doesNotContainKeys("probe-host", "probe-port", "probe-body", "setting-picks-host")
                .containsEntry("probe-status-codes", "200-399");
    }

    @Test
    void aTextWithLinesOfItsOwnIsLeftToAPerson() {
        assertThat(values(Scene.v2().shop("'hostName':'a'", "'match':{'body':'one\\ntwo'}", "10.0.3.4")))
                .containsEntry("probe-body-before", "");
    }

    @Test
    void onlyAPoolOfNamesCanGiveTheHostName() {
        String probe = "'path':'/'";
        assertThat(values(Scene.v2().shop("'hostName':'a'", probe, "a.example.com", "b.example.com")))
                .containsEntry("pool-of-names", "yes");
        assertThat(values(Scene.v2().shop("'hostName':'a'", probe, "a.example.com", "10.0.3.4")))
                .doesNotContainKey("pool-of-names");
    }

    @Test
    void aSettingWithoutAProbeHasNothingOfAProbe() {
        Scene scene = Scene.v2().setting("set-shop", "{'port':25,'protocol':'Tcp'}");

        assertThat(values(scene))
                .containsEntry("setting-probe-before", "--remove\n=probe")
                .containsEntry("layer-four", "yes")
                .doesNotContainKeys("probe-path", "probe-timeout");
    }

    private static Map<String, String> values(Scene scene) {
        Gateway gateway = scene.evidence().gateway().toOptional().orElseThrow();
        return BackendSettingValues.of(gateway, gateway.setting("set-shop").orElseThrow());
    }
}
