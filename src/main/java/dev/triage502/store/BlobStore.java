package dev.triage502.store;

import java.util.Optional;

/** Texts of any length under names such as {@code diagnoses/agw-1.json}; the last one put under a name stays. */
interface BlobStore {

    void put(String name, String text);

    Optional<String> get(String name);

    /** Takes a text away if it is there. */
    void remove(String name);

    /** Takes away every text whose name begins with this, which ends with a slash. */
    void removeAll(String prefix);
}
