package dev.triage502.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import dev.triage502.collect.CollectionProgress;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Where the platform's sign-in is on, it stands before everything that is not excluded by name: an endpoint that is forgotten is
 * closed to whoever has only a key or a link, and one that is excluded by mistake is open to all.
 */
class SignInPathsTest {

    @Test
    void whateverTakesALinkOrAKeyIsExcludedFromSigningIn() throws IOException {
        List<String> open = paths("open");
        List<String> withKey = paths("withKey");

        for (HttpTrigger trigger : triggers()) {
            String path = "/api/" + trigger.route().replaceAll("\\{[a-z]+}", "x");
            boolean anonymous = trigger.authLevel() == AuthorizationLevel.ANONYMOUS;
            boolean signsIn = trigger.route().startsWith("view/");

            assertThat(covers(open, path)).as(path).isEqualTo(anonymous && !signsIn);
            assertThat(covers(withKey, path)).as(path).isEqualTo(!anonymous);
        }
        assertThat(triggers()).hasSizeGreaterThan(15);
    }

    private static boolean covers(List<String> patterns, String path) {
        return patterns.stream()
                .anyMatch(each -> each.endsWith("/*")
                        ? path.startsWith(each.substring(0, each.length() - 1))
                        : path.equals(each));
    }

    private static List<String> paths(String variable) throws IOException {
        Matcher list = Pattern.compile("(?s)var " + variable + " = \\[(.*?)]")
                .matcher(Files.readString(Path.of("infra/main.bicep")));
        assertThat(list.find()).as(variable).isTrue();
        return Pattern.compile("'([^']+)'")
                .matcher(list.group(1))
                .results()
                .map(each -> each.group(1))
                .toList();
    }

    private static List<HttpTrigger> triggers() {
        Wiring wiring = new Wiring(Map.of(), Clock.systemUTC(), CollectionProgress.none());
        List<HttpTrigger> triggers = new ArrayList<>();
        for (Class<?> type : wiring.functions()) {
            for (Method method : type.getMethods()) {
                Stream.of(method.getParameters())
                        .flatMap(each -> Optional.ofNullable(each.getAnnotation(HttpTrigger.class)).stream())
                        .forEach(triggers::add);
            }
        }
        return triggers;
    }
}
