package dev.triage502.local;

import com.google.gson.JsonObject;
import dev.triage502.json.JsonTree;
import java.time.Duration;

/**
 * What {@code host.json} says about routes and queues; what it leaves out is as the real host has it.
 *
 * <p>Source: https://learn.microsoft.com/azure/azure-functions/functions-host-json
 *
 * @param maxDequeueCount    tries of a message before it is poison
 * @param visibilityTimeout  how long a message that failed stays hidden
 * @param concurrency        how many messages of one queue are worked on at once: {@code batchSize} and
 *                           {@code newBatchThreshold} together
 * @param maxPollingInterval the longest pause between two looks at an empty queue
 * @param base64             whether messages are base64, or plain text
 */
record HostSettings(
        String routePrefix,
        int maxDequeueCount,
        Duration visibilityTimeout,
        int concurrency,
        Duration maxPollingInterval,
        boolean base64) {

    private static final Duration LONGEST_PAUSE_LOCALLY = Duration.ofSeconds(2);

    static HostSettings of(JsonObject hostJson) {
        JsonObject extensions = JsonTree.object(hostJson, "extensions");
        JsonObject http = JsonTree.object(extensions, "http");
        JsonObject queues = JsonTree.object(extensions, "queues");
        int batch = number(queues, "batchSize", 16);
        Duration pause = time(queues, "maxPollingInterval", LONGEST_PAUSE_LOCALLY);
        return new HostSettings(
                http.has("routePrefix") ? JsonTree.text(http, "routePrefix") : "api",
                number(queues, "maxDequeueCount", 5),
                time(queues, "visibilityTimeout", Duration.ZERO),
                batch + number(queues, "newBatchThreshold", batch / 2),
                pause.compareTo(LONGEST_PAUSE_LOCALLY) < 0 ? pause : LONGEST_PAUSE_LOCALLY,
                !JsonTree.text(queues, "messageEncoding").equalsIgnoreCase("none"));
    }

    private static int number(JsonObject object, String name, int otherwise) {
        return object.has(name) ? object.get(name).getAsInt() : otherwise;
    }

    /** {@code hh:mm:ss}, with days before and fractions after where somebody writes them. */
    private static Duration time(JsonObject object, String name, Duration otherwise) {
        String text = JsonTree.text(object, name);
        if (text.isEmpty()) {
            return otherwise;
        }
        String[] parts = text.split(":", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("host.json: " + name + " is \"" + text + "\"; hh:mm:ss was expected");
        }
        String[] hours = parts[0].split("\\.", -1);
        long whole =
                hours.length == 2 ? Long.parseLong(hours[0]) * 24 + Long.parseLong(hours[1]) : Long.parseLong(hours[0]);
        return Duration.ofHours(whole)
                .plusMinutes(Long.parseLong(parts[1]))
                .plusMillis(Math.round(Double.parseDouble(parts[2]) * 1000));
    }
}
