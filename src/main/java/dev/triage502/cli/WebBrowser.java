package dev.triage502.cli;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The browser of whoever sits before this machine, if somebody does. */
final class WebBrowser {

    private final Map<String, String> env;
    private final String system;

    /** @param system the operating system, as Java names it */
    WebBrowser(Map<String, String> env, String system) {
        this.env = env;
        this.system = system.toLowerCase(Locale.ROOT);
    }

    /** Opens an address, and says whether it could: a server and a container have no browser. */
    boolean open(URI address) {
        Optional<List<String>> command = command(address);
        if (command.isEmpty()) {
            return false;
        }
        try {
            new ProcessBuilder(command.get())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return true;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }

    /** What opens an address here; empty where nothing does. */
    Optional<List<String>> command(URI address) {
        if (system.startsWith("mac")) {
            return Optional.of(List.of("open", address.toString()));
        }
        if (system.startsWith("windows")) {
            return Optional.of(List.of("rundll32", "url.dll,FileProtocolHandler", address.toString()));
        }
        boolean hasScreen = !env.getOrDefault("DISPLAY", "").isEmpty()
                || !env.getOrDefault("WAYLAND_DISPLAY", "").isEmpty();
        return hasScreen && isInstalled("xdg-open")
                ? Optional.of(List.of("xdg-open", address.toString()))
                : Optional.empty();
    }

    private boolean isInstalled(String program) {
        return Stream.of(env.getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> new File(folder, program).canExecute());
    }
}
