package dev.triage502.evidence;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One thing that one source shows about one target.
 *
 * @param source  who says it
 * @param target  of what
 * @param text    a sentence that can stand in a report: the target first, Azure's own words in quotation marks
 * @param at      when it was so, where the source tells
 * @param values  what the page's commands are filled in with: {@code rule}, {@code free-priority}, {@code port} …
 * @param affects the servers (or pools) that suffer by it, where these are not the target itself: an NSG rule drops
 *                packets to servers. Empty means the target
 */
public record Finding(
        Source source,
        Target target,
        String text,
        Optional<Instant> at,
        Map<String, String> values,
        List<Target> affects) {

    public Finding {
        values = Collections.unmodifiableMap(new TreeMap<>(values));
        affects = affects.stream().sorted().distinct().toList();
    }

    public static Finding of(Source source, Target target, String text) {
        return new Finding(source, target, text, Optional.empty(), Map.of(), List.of());
    }

    public Finding at(Instant when) {
        return new Finding(source, target, text, Optional.of(when), values, affects);
    }

    /** With a value for the page's commands; the placeholder {@code {rule}} takes the value named {@code rule}. */
    public Finding with(String name, String value) {
        return with(Map.of(name, value));
    }

    /** With some values for the page's commands. */
    public Finding with(Map<String, String> named) {
        TreeMap<String, String> more = new TreeMap<>(values);
        more.putAll(named);
        return new Finding(source, target, text, at, more, affects);
    }

    /** With a clause more at the end of its sentence. */
    public Finding adding(String clause) {
        return new Finding(source, target, text + clause, at, values, affects);
    }

    public Finding affecting(List<Target> targets) {
        return new Finding(source, target, text, at, values, targets);
    }

    /** What suffers by it: {@link #affects}, or the target itself. */
    public List<Target> suffering() {
        return affects.isEmpty() ? List.of(target) : affects;
    }
}
