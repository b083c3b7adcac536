package dev.triage502.evidence.arm;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Which of our values does a word of Azure's stand for? Azure writes one word in several spellings. */
final class AzureWords<V> {

    private final Map<String, V> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    /** Begins a list with the words for one value. */
    static <V> AzureWords<V> of(V value, String... words) {
        return new AzureWords<V>().and(value, words);
    }

    /** These, and the words for a further value. */
    AzureWords<V> and(V value, String... words) {
        AzureWords<V> more = new AzureWords<>();
        more.values.putAll(values);
        for (String word : words) {
            more.values.put(word, value);
        }
        return more;
    }

    /** The value of a word in any case; empty for a word that is not in the list. */
    Optional<V> valueOf(String word) {
        return Optional.ofNullable(values.get(word));
    }
}
