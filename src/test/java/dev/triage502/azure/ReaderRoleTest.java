package dev.triage502.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The role that is deployed grants what the code asks for, and nothing else. */
class ReaderRoleTest {

    @Test
    void grantsWhatTheCodeAsksForAndNothingElse() throws IOException {
        TreeSet<String> asked = new TreeSet<>(ArmOperation.LOG_ACTIONS);
        Stream.of(ArmOperation.values()).forEach(each -> asked.addAll(each.actions()));

        assertThat(actions("infra/actions.json")).containsExactlyElementsOf(asked);
    }

    @Test
    void theSmallRoleGrantsWhatReaderLacks() throws IOException {
        assertThat(actions("infra/post-actions.json")).containsExactlyElementsOf(RequiredPermissions.postActions());
        assertThat(Files.readString(Path.of("infra/built-in-roles.bicep")))
                .contains("acdd72a7-3385-48ef-bd42-f606fba81ae7")
                .contains("post-actions.json");
    }

    private static List<String> actions(String file) throws IOException {
        List<String> granted = new ArrayList<>();
        for (JsonElement each :
                JsonParser.parseString(Files.readString(Path.of(file))).getAsJsonArray()) {
            granted.add(each.getAsString());
        }
        return granted;
    }
}
