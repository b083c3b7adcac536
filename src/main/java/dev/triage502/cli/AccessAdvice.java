package dev.triage502.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a person can do about an answer by which Azure says that the login is not the right one. */
final class AccessAdvice {

    /** Azure names the tenant of the subscription behind the one of the token. */
    private static final Pattern OTHER_TENANT = Pattern.compile(
            "InvalidAuthenticationTokenTenant.*?must match (?:the|one of the) tenants?"
                    + " '?\\S*?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})",
            Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

    private static final Pattern NO_SUBSCRIPTION =
            Pattern.compile("SubscriptionNotFound|NoValidSubscriptionsInQueryRequest|InvalidSubscriptionId");

    private AccessAdvice() {}

    /** The reason as Azure gave it, with what to run if it is about the login. */
    static String with(String detail) {
        Matcher tenant = OTHER_TENANT.matcher(detail);
        if (tenant.find()) {
            return "the subscription is in another tenant than this login. Run `az login --tenant " + tenant.group(1)
                    + "`, or set --tenant";
        }
        if (detail.contains("InvalidAuthenticationTokenTenant")) {
            return "the subscription is in another tenant than this login. Run `az login --tenant TENANT`, or set"
                    + " --tenant";
        }
        if (NO_SUBSCRIPTION.matcher(detail).find()) {
            return "this login has no such subscription. Run `az account list --refresh` to see yours, or `az login"
                    + " --tenant TENANT` for another tenant (" + detail + ")";
        }
        return detail;
    }
}
