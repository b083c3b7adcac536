package dev.triage502.collect;

import java.util.Map;

/** From where does this program look? A reader of a direct probe has to know that it was not the gateway's subnet. */
final class ProbeOrigin {

    private ProbeOrigin() {}

    /** By what App Service and Functions say of themselves in environment variables. */
    static String of(Map<String, String> environment) {
        String app = environment.getOrDefault("WEBSITE_SITE_NAME", "");
        String region = environment.getOrDefault("REGION_NAME", "");
        if (app.isEmpty()) {
            return "the machine that runs triage502, outside the gateway's subnet";
        }
        return "the function app " + app + (region.isEmpty() ? "" : " in " + region) + ", outside the gateway's subnet";
    }
}
