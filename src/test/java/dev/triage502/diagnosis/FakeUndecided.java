package dev.triage502.diagnosis;

import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Source;
import java.util.List;

/** A cause of which nothing can be told for want of one source. */
record FakeUndecided(String id, Source missing, List<String> explains) implements Cause {

    @Override
    public Verdict judge(Situation situation) {
        return new Verdict.CannotTell(
                List.of(Reading.notCollected(missing).unread().orElseThrow()));
    }
}
