package dev.triage502.evidence.arm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.Backends.Power;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AppReaderTest {

    private static final String ID = "'id':'/subscriptions/s/resourceGroups/g/providers/Microsoft.App/containerApps/a'";

    private static Power app(String properties) {
        return AppReader.containerApp(
                        ArmObject.document(Json.of("{" + ID + ",'properties':{" + properties + "}}")), Optional.empty())
                .power();
    }

    @Test
    void anAppRunsAsItsStatusSays() {
        assertThat(app("'runningStatus':'Running'")).isEqualTo(Power.RUNNING);
        assertThat(app("'runningStatus':'suspended'")).isEqualTo(Power.STOPPED);
        assertThat(app("'runningStatus':'Progressing'")).isEqualTo(Power.IN_TRANSITION);
        assertThat(app("'runningStatus':'Degraded'")).isEqualTo(Power.UNSAID);
    }

    @Test
    void anAppWithoutAnActiveRevisionDoesNotRun() {
        assertThat(app("'runningStatus':'Running','revisions':[{'properties':{'active':false}}]"))
                .isEqualTo(Power.STOPPED);
        assertThat(app("'runningStatus':'Running','revisions':[{'properties':{'active':false}},"
                        + "{'properties':{'active':true}}]"))
                .isEqualTo(Power.RUNNING);
    }
}
