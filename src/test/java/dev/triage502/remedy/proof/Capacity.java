package dev.triage502.remedy.proof;

import com.google.gson.JsonObject;

/** How many instances a gateway has at the least and may have at the most. */
record Capacity(int least, int most) {

    /** What Azure allows where autoscaling has no maximum. */
    private static final int WITHOUT_MAXIMUM = 20;

    static Capacity of(JsonObject gateway) {
        JsonObject properties = gateway.get("properties") instanceof JsonObject inner ? inner : gateway;
        if (properties.get("autoscaleConfiguration") instanceof JsonObject scale) {
            int most = number(ProbeQuestion.text(scale, "maxCapacity"));
            return new Capacity(number(ProbeQuestion.text(scale, "minCapacity")), most == 0 ? WITHOUT_MAXIMUM : most);
        }
        JsonObject sku = properties.get("sku") instanceof JsonObject inner ? inner : new JsonObject();
        int fixed = number(ProbeQuestion.text(sku, "capacity"));
        return new Capacity(fixed, fixed);
    }

    boolean isBelow(Capacity other) {
        return least < other.least || most < other.most;
    }

    private static int number(String text) {
        return text.matches("\\d{1,6}") ? Integer.parseInt(text) : 0;
    }

    @Override
    public String toString() {
        return least + " to " + most;
    }
}
