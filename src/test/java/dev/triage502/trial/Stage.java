package dev.triage502.trial;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;

/**
 * A moment in the work on an incident, told by the request that passes then.
 *
 * @param name  what is about to be done, or was just done
 * @param after whether it was done, and the app does not know it: the answer is withheld
 */
record Stage(String name, boolean after, BiPredicate<Passing, Traced> is) {

    /** An incident as requests name it: its id, its gateway's row in the table, and its gateway's name. */
    record Traced(String id, String row, String gateway) {}

    /** All of them, in the order in which they come. */
    static List<Stage> all() {
        List<Stage> all = new ArrayList<>();
        all.add(new Stage(
                "alert received",
                false,
                (request, one) -> request.method().equals("GET") && cell(request, one.row(), "ledger")));
        both(all, "incident entered in the ledger", (request, one) -> written(request, one.row(), "ledger"));
        both(
                all,
                "incident put among those that need attention",
                (request, one) -> written(request, "attention", one.id()));
        both(all, "incident put where it is found by its id", (request, one) -> written(request, one.id(), "incident"));
        both(all, "report announced", (request, one) -> written(request, one.id(), "diagnosis"));
        both(all, "investigation queued", (request, one) -> queued(request, "incidents", one));
        both(
                all,
                "noted that it is queued",
                (request, one) -> written(request, one.row(), "ledger") && has(request, "\"queued\":1"));
        all.add(new Stage(
                "investigation taken from the queue", true, (request, one) -> taken(request, "incidents", one)));
        both(
                all,
                "noted that it is investigated",
                (request, one) -> written(request, one.row(), "ledger") && has(request, "\"state\":\"investigating\""));
        both(
                all,
                "sign of life given",
                (request, one) -> written(request, one.id(), "at-work") && has(request, "\"worker\""));
        both(
                all,
                "Azure asked",
                (request, one) -> request.service().equals("azure")
                        && request.path().toLowerCase(java.util.Locale.ROOT).contains(one.gateway() + "/"));
        both(all, "report stored", (request, one) -> put(request, "diagnoses/" + one.id() + "/1.json"));
        both(
                all,
                "report noted",
                (request, one) -> written(request, one.id(), "diagnosis") && has(request, "\"kept\":1"));
        both(
                all,
                "result entered in the ledger",
                (request, one) -> written(request, one.row(), "ledger") && has(request, "\"state\":\"diagnosed\""));
        both(all, "message announced", (request, one) -> written(request, one.id(), "to-webhook"));
        both(all, "message queued", (request, one) -> queued(request, "deliveries", one));
        both(
                all,
                "follow-up queued",
                (request, one) -> queued(request, "incidents", one) && has(request, "\"revision\":2"));
        both(all, "first of the evidence stored", (request, one) -> put(request, "cases/" + one.id() + "/1/"));
        both(all, "last of the evidence stored", (request, one) -> put(request, "cases/" + one.id() + "/1/case.json"));
        both(all, "work ended", (request, one) -> written(request, one.id(), "at-work") && !has(request, "\"worker\""));
        both(all, "investigation deleted from the queue", (request, one) -> deleted(request, "incidents", one));
        all.add(new Stage("message taken from the queue", true, (request, one) -> taken(request, "deliveries", one)));
        both(
                all,
                "delivery claimed",
                (request, one) -> written(request, one.id(), "to-webhook") && has(request, "\"sending\""));
        both(
                all,
                "message posted to the channel",
                (request, one) -> request.service().equals("webhook") && has(request, one.id()));
        both(
                all,
                "delivery noted",
                (request, one) -> written(request, one.id(), "to-webhook") && has(request, "\"state\":\"sent\""));
        both(all, "message deleted from the queue", (request, one) -> deleted(request, "deliveries", one));
        both(
                all,
                "message settled by the timer",
                (request, one) -> written(request, one.row(), "ledger") && has(request, "\"settled\":true"));
        return List.copyOf(all);
    }

    String words() {
        return name + (after ? ", answer withheld" : ", not yet");
    }

    private static void both(List<Stage> all, String name, BiPredicate<Passing, Traced> is) {
        all.add(new Stage(name, false, is));
        all.add(new Stage(name, true, is));
    }

    private static boolean has(Passing request, String part) {
        return request.text().contains(part);
    }

    private static boolean written(Passing request, String row, String column) {
        return !request.method().equals("GET") && cell(request, row, column);
    }

    private static boolean cell(Passing request, String row, String column) {
        return request.service().equals("table")
                && (request.path().contains("(PartitionKey='" + row + "',RowKey='" + column + "')")
                        || has(request, "\"PartitionKey\":\"" + row + "\"")
                                && has(request, "\"RowKey\":\"" + column + "\""));
    }

    private static boolean put(Passing request, String name) {
        return request.service().equals("blob")
                && request.method().equals("PUT")
                && request.path().contains("/triage502/" + name);
    }

    private static boolean queued(Passing request, String queue, Traced one) {
        return request.service().equals("queue")
                && request.method().equals("POST")
                && request.path().endsWith("/triage502-" + queue + "/messages")
                && has(request, one.id());
    }

    private static boolean taken(Passing request, String queue, Traced one) {
        return request.service().equals("queue")
                && request.path().endsWith("/triage502-" + queue + "/messages")
                && request.answer().contains(one.id());
    }

    /** {@link KillingProxy} adds what the message was to a request that deletes it. */
    private static boolean deleted(Passing request, String queue, Traced one) {
        return request.service().equals("queue")
                && request.method().equals("DELETE")
                && request.path().contains("/triage502-" + queue + "/messages/")
                && has(request, one.id());
    }
}
