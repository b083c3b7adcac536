package dev.triage502.redaction;

/** Secrets as Azure and others write them, none of them real: what must never leave. */
public enum CanarySecret {
    JWT("eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJjYW5hcnkifQ.Y2FuYXJ5c2lnbmF0dXJl", "eyJzdWIiOiJjYW5hcnkifQ", ""),
    BEARER("Authorization: Bearer abcDEF123456canary", "abcDEF123456canary", "Authorization"),
    BARE_BEARER("sent with Bearer abcDEF123456canary2", "abcDEF123456canary2", "Bearer"),
    BASIC("authorization: Basic Y2FuYXJ5OnNlY3JldDE=", "Y2FuYXJ5OnNlY3JldDE", "authorization"),
    COOKIE("Cookie: session=canary-session-1; theme=dark", "canary-session-1", "Cookie"),
    SET_COOKIE("Set-Cookie: ARRAffinity=canary0affinity; Path=/", "canary0affinity", "Set-Cookie"),
    SAS(
            "https://st.blob.core.windows.net/logs/x?sv=2022-11-02&se=2026-12-01&sig=canarySig%2Bab%3D",
            "canarySig", "sv=2022-11-02"),
    ACCOUNT_KEY(
            "DefaultEndpointsProtocol=https;AccountName=st;AccountKey=canaryaccountkey0000==;EndpointSuffix=core.windows.net",
            "canaryaccountkey0000",
            "AccountName=st"),
    STORAGE_KEY("key1 is " + "Canary01".repeat(10) + "abcdef==", "Canary01Canary01", "key1 is"),
    SERVICE_BUS(
            "Endpoint=sb://ns.servicebus.windows.net/;SharedAccessKeyName=root;SharedAccessKey=Y2FuYXJ5c2VydmljZWJ1cw==",
            "Y2FuYXJ5c2VydmljZWJ1cw",
            "SharedAccessKeyName=root"),
    SQL_PASSWORD("Server=db;User Id=app;Password=canary!pass;Encrypt=true", "canary!pass", "User Id=app"),
    QUOTED_PASSWORD("Pwd=\"canary pass;word\";Database=shop", "canary pass", "Database=shop"),
    URL_PASSWORD("https://svc:canary-url-pass@proxy.example.com:8080/", "canary-url-pass", "proxy.example.com"),
    FUNCTION_CODE(
            "https://app.azurewebsites.net/api/alerts?code=canaryFunctionKey1", "canaryFunctionKey1", "/api/alerts"),
    FUNCTION_HEADER("x-functions-key: canaryFunctionKey2", "canaryFunctionKey2", "x-functions-key"),
    AZURE_MARKED_KEY("Zm9vYmFyY2FuYXJ5a2V5MDAwMDAwMDAwMDAwMDAwMDAwAzFuCANARY1234==", "AzFuCANARY1234", ""),
    API_MANAGEMENT(
            "Ocp-Apim-Subscription-Key: canary0subscription", "canary0subscription", "Ocp-Apim-Subscription-Key"),
    ACCESS_TOKEN("grant?access_token=canary.access.token&state=1", "canary.access.token", "state=1"),
    CLIENT_SECRET("client_id=x&client_secret=canary~client.secret", "canary~client.secret", "client_id=x"),
    ENTRA_SECRET("value abc8Q~canaryEntraSecretcanaryEntraSecre", "canaryEntraSecret", "value"),
    JSON_PASSWORD(
            "{\"user\":\"app\",\"adminPassword\":\"canary\\\"canaryjsontail\"}", "canaryjsontail", "adminPassword"),
    PRIVATE_KEY(
            "-----BEGIN RSA PRIVATE KEY-----\nMIIcanaryprivate\n-----END RSA PRIVATE KEY----- then",
            "MIIcanaryprivate",
            "then"),
    INCIDENT_LINK(
            "see https://triage.contoso.com/api/i/canaryLinkTokenCanaryLinkTokenCanaryLinkTokenCanaryLink_-0/feedback?verdict=right",
            "canaryLinkToken",
            "/feedback?verdict=right"),
    SLACK_TOKEN("token xoxb-123456789012-canaryslack", "canaryslack", "token"),
    SLACK_WEBHOOK("https://hooks.slack.com/services/T000/B000/canaryHook", "canaryHook", "hooks.slack.com"),
    GITHUB_TOKEN("ghp_canarycanarycanarycanarycanarycanary", "canarycanary", ""),
    ATLASSIAN_TOKEN("ATATT3xFfGF0canarycanarycanary", "canarycanary", ""),
    AWS_KEY("AKIACANARYCANARY1234", "CANARYCANARY", ""),
    SECRET_PARAMETER("POST /login?user=jane&secret=canary%20param HTTP/1.1", "canary%20param", "user=jane");

    private final String text;
    private final String secret;
    private final String stays;

    CanarySecret(String text, String secret, String stays) {
        this.text = text;
        this.secret = secret;
        this.stays = stays;
    }

    /** A text with the secret in it. */
    public String text() {
        return text;
    }

    /** What must not be left of it. */
    public String secret() {
        return secret;
    }

    /** What says that something was there. */
    public String stays() {
        return stays;
    }
}
