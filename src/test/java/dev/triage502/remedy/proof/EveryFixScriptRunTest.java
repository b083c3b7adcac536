package dev.triage502.remedy.proof;

import dev.triage502.collect.RecordedCase;
import dev.triage502.evidence.arm.Cases;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;

/** The scripts for every sort of change that the bundled cases print. */
@Tag("thorough")
class EveryFixScriptRunTest extends FixScriptRunTest {

    @Override
    Stream<RecordedCase> cases() {
        return Cases.all().stream();
    }

    @Override
    int most() {
        return Integer.MAX_VALUE;
    }
}
