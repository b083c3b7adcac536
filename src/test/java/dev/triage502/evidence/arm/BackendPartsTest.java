package dev.triage502.evidence.arm;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.triage502.incident.ResourceId;
import org.junit.jupiter.api.Test;

/** What Azure keeps beside a resource joins it where it is looked for. */
class BackendPartsTest {

    private static JsonObject json(String text) {
        return JsonParser.parseString(text).getAsJsonObject();
    }

    @Test
    void aSiteGetsItsConfigurationWithoutItsSecrets() {
        JsonObject site = json("{'properties':{'state':'Running'}}");

        BackendParts.addConfiguration(
                site,
                json("{'properties':{'alwaysOn':true,'appSettings':[1],'connectionStrings':[1],"
                        + "'publishingUsername':'u','azureStorageAccounts':{},'metadata':[],'push':{}}}"));

        assertThat(site).isEqualTo(json("{'properties':{'state':'Running','siteConfig':{'alwaysOn':true}}}"));
    }

    @Test
    void aConfigurationThatIsNoneLeavesTheSiteAsItIs() {
        JsonObject site = json("{'properties':{}}");

        BackendParts.addConfiguration(site, json("{'value':[]}"));
        BackendParts.addConfiguration(json("{}"), json("{'properties':{}}"));

        assertThat(site).isEqualTo(json("{'properties':{}}"));
    }

    @Test
    void aRefusedConfigurationIsSaidToBeRefused() {
        JsonObject site = json("{'properties':{}}");

        BackendParts.addRefusedConfiguration(site, json("{'error':{'code':'X'}}"));

        assertThat(site).isEqualTo(json("{'properties':{'siteConfig':{'error':{'code':'X'}}}}"));
    }

    @Test
    void aContainerAppGetsWhetherItRunsAndItsRevisions() {
        JsonObject app = json("{'properties':{'provisioningState':'Succeeded'}}");
        assertThat(BackendParts.saysRunningStatus(app)).isFalse();

        BackendParts.addRunningStatus(app, json("{'properties':{'other':1}}"));
        assertThat(BackendParts.saysRunningStatus(app)).isFalse();
        BackendParts.addRunningStatus(app, json("{'properties':{'runningStatus':'Stopped'}}"));
        BackendParts.addRevisions(app, json("{'value':[{'name':'r1'}]}"));

        assertThat(BackendParts.saysRunningStatus(app)).isTrue();
        assertThat(app)
                .isEqualTo(json("{'properties':{'provisioningState':'Succeeded','runningStatus':'Stopped',"
                        + "'revisions':[{'name':'r1'}]}}"));
    }

    @Test
    void theEnvironmentIsFoundUnderItsNewNameAndItsOldOne() {
        assertThat(BackendParts.environmentOf(
                        json("{'properties':{'environmentId':'/a','managedEnvironmentId':'/b'}}")))
                .contains(ResourceId.of("/a"));
        assertThat(BackendParts.environmentOf(json("{'properties':{'managedEnvironmentId':'/b'}}")))
                .contains(ResourceId.of("/b"));
        assertThat(BackendParts.environmentOf(json("{'properties':{}}"))).isEmpty();
    }

    @Test
    void aFlexibleScaleSetSaysSo() {
        assertThat(BackendParts.isFlexible(json("{'properties':{'orchestrationMode':'flexible'}}")))
                .isTrue();
        assertThat(BackendParts.isFlexible(json("{'properties':{'orchestrationMode':'Uniform'}}")))
                .isFalse();
        assertThat(BackendParts.isFlexible(json("{}"))).isFalse();
    }

    @Test
    void eventsOfServiceHealthAreKeptWithoutTheirPages() {
        JsonObject status = json("{'properties':{}}");

        HealthEvents.add(
                status,
                json("{'value':[{'name':'T','properties':{'title':'x','article':1,'description':1,'faqs':1,"
                        + "'recommendedActions':1,'links':1}},{'name':'U'}],'unread':{'serviceEvents':{'code':'X'}}}"));

        assertThat(status)
                .isEqualTo(json("{'properties':{},'serviceEvents':[{'name':'T','properties':{'title':'x'}},"
                        + "{'name':'U'}],'unread':{'serviceEvents':{'code':'X'}}}"));
    }
}
