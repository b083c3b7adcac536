package dev.triage502.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AzureSettingsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:8502",
                "http://127.9.9.9:1/",
                "http://localhost:8502",
                "http://[::1]:8502",
                "https://127.0.0.1"
            })
    void takesThisMachineInPlaceOfAzure(String url) {
        AzureSettings settings = AzureSettings.from(Map.of(AzureSettings.ENDPOINT, url));

        assertThat(settings.pretends()).isTrue();
        assertThat(ServiceEndpoints.of(settings).arm().toString()).doesNotEndWith("/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://10.0.0.4:8502",
                "https://management.azure.com",
                "http://127.0.0.1.example.com",
                "http://localhost.example.com",
                "http://0.0.0.0:80",
                "http://169.254.169.254",
                "127.0.0.1:8502",
                "file:///etc/passwd",
                "http://2130706433",
                "http://[fe80::1]:80",
                "not a url",
                "http:///x"
            })
    void takesNoOtherMachineInPlaceOfAzure(String url) {
        assertThatThrownBy(() -> AzureSettings.from(Map.of(AzureSettings.ENDPOINT, url)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("TRIAGE502_AZURE_ENDPOINT is \"" + url + "\"")
                .hasMessageContaining("http://127.0.0.1:8502");
    }

    @ParameterizedTest
    @CsvSource({
        "public,https://management.azure.com,https://api.loganalytics.io/v1,https://management.azure.com/.default",
        "usgovernment,https://management.usgovcloudapi.net,https://api.loganalytics.us/v1,https://management.usgovcloudapi.net/.default",
        "China,https://management.chinacloudapi.cn,https://api.loganalytics.azure.cn/v1,https://management.chinacloudapi.cn/.default"
    })
    void eachCloudHasItsOwnHosts(String cloud, String arm, String logs, String scope) {
        ServiceEndpoints endpoints = ServiceEndpoints.of(AzureSettings.from(Map.of(AzureSettings.CLOUD, cloud)));

        assertThat(endpoints.arm()).hasToString(arm);
        assertThat(endpoints.logs()).hasToString(logs);
        assertThat(endpoints.armScope()).isEqualTo(scope);
    }

    @Test
    void aCloudThatThereIsNotIsRefusedByName() {
        assertThatThrownBy(() -> AzureSettings.from(Map.of(AzureSettings.CLOUD, "germany")))
                .hasMessage("TRIAGE502_AZURE_CLOUD is \"germany\"; use public, usgovernment, china");
    }

    @Test
    void nothingSetIsThePublicCloud() {
        assertThat(AzureSettings.from(Map.of(AzureSettings.ENDPOINT, " "))).isEqualTo(AzureSettings.standard());
    }

    @ParameterizedTest
    @CsvSource({
        "https://management.azure.com/x,true",
        "https://westeurope.management.azure.com/x,true",
        "https://MANAGEMENT.azure.com:443/x,true",
        "http://management.azure.com/x,false",
        "https://management.azure.com:8443/x,false",
        "https://evilmanagement.azure.com/x,false",
        "https://management.azure.com.example.com/x,false",
        "https://api.loganalytics.io/x,false"
    })
    void aTokenGoesOnlyToTheHostItIsFor(String url, boolean may) throws Exception {
        ServiceEndpoints endpoints = ServiceEndpoints.of(AzureSettings.standard());

        assertThat(endpoints.mayReceive(endpoints.armScope(), URI.create(url).toURL()))
                .isEqualTo(may);
    }
}
