package dev.triage502.deliver;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** How calls to ServiceNow sign in. */
interface ServicenowAccess {

    /**
     * What signs the calls of one delivery in.
     *
     * @param authorization the header; empty if there is none
     * @param wasKept       whether it was used by a delivery before, so that it may have ended since
     * @param result        why there is no header; sent if there is one
     */
    record Entry(String authorization, boolean wasKept, DeliveryResult result) {

        boolean isOpen() {
            return result instanceof DeliveryResult.Sent;
        }

        @Override
        public String toString() {
            return "Entry[" + result + "]";
        }
    }

    /** A way in that is valid now, as far as is known. */
    Entry enter();

    /** What was refused is not used again. Returns whether the next way in may be another one. */
    boolean forget(Entry refused);

    /** What an operator has to do where it is refused. */
    String advice();

    /** A text without the secret. */
    String scrub(String text);

    /** By the name and the password of a user. */
    static ServicenowAccess byPassword(String user, SecretText password) {
        SecretText basic = new SecretText(
                Base64.getEncoder().encodeToString((user + ":" + password.value()).getBytes(StandardCharsets.UTF_8)));
        return new ServicenowAccess() {
            @Override
            public Entry enter() {
                return new Entry("Basic " + basic.value(), false, new DeliveryResult.Sent());
            }

            @Override
            public boolean forget(Entry refused) {
                return false;
            }

            @Override
            public String advice() {
                return "check user and password, and that the user is active";
            }

            @Override
            public String scrub(String text) {
                return password.scrub(basic.scrub(text));
            }
        };
    }
}
