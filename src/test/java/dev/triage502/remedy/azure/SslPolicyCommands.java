package dev.triage502.remedy.azure;

import com.google.gson.JsonObject;
import dev.triage502.remedy.command.AzCommand;

/** {@code az network application-gateway ssl-policy set}, which replaces the policy. */
final class SslPolicyCommands implements CommandGroup {

    @Override
    public boolean knows(String command) {
        return command.equals("network application-gateway ssl-policy set");
    }

    @Override
    public void run(AzCommand command, AzureModel model) {
        Resource gateway = model.gateway(command.required("--resource-group"), command.required("--gateway-name"));
        JsonObject before = gateway.json().deepCopy();
        JsonObject policy = new JsonObject();
        gateway.set("sslPolicy", policy);
        command.one("--policy-type").ifPresent(each -> policy.addProperty("policyType", each));
        command.one("--name").ifPresent(each -> policy.addProperty("policyName", each));
        command.one("--min-protocol-version").ifPresent(each -> policy.addProperty("minProtocolVersion", each));
        if (command.has("--cipher-suites")) {
            policy.add("cipherSuites", Resource.texts(command.many("--cipher-suites")));
        }
        model.written(gateway, before);
    }
}
