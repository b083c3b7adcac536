package dev.triage502.function;

import java.util.Optional;

/**
 * The addresses that the app answers at, as people are given them: whole ones where it is known where people reach the app, else
 * such as work on its own pages only.
 */
final class AppAddresses {

    private final Optional<String> publicUrl;

    AppAddresses(Optional<String> publicUrl) {
        this.publicUrl = publicUrl;
    }

    /** Whether they can be given to somebody who is elsewhere. */
    boolean areWhole() {
        return publicUrl.isPresent();
    }

    /** What they all begin with. */
    String api() {
        return publicUrl.orElse("") + "/api";
    }

    String cause(String id) {
        return api() + "/causes/" + id;
    }

    /** An incident, for whoever has the token; what belongs to it lies below. */
    String byLink(String token) {
        return api() + "/i/" + token;
    }

    /** An incident, for whoever is signed in; what belongs to it lies below. */
    String signedIn(String id) {
        return api() + "/view/" + id;
    }

    /** An incident, for whoever has a key. */
    String withKey(String id) {
        return api() + "/incidents/" + id;
    }
}
