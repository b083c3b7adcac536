package dev.triage502.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The zip of a release, made and unpacked here, runs where there is no Java. */
@Tag("thorough")
class ReleaseZipIT {

    private static final Path REPOSITORY = Path.of("").toAbsolutePath();

    @TempDir
    private Path folder;

    @Test
    void runsWithoutAJavaOfItsOwnMachine() throws Exception {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "made for the system that it runs on");
        assumeTrue(
                Files.exists(REPOSITORY.resolve("target/azure-functions/triage502/triage502.jar")),
                "the app is made by the phase package");
        Map<String, String> all = System.getenv();
        String made = run(REPOSITORY, all, "bash", "src/release/zip.sh").strip();
        Path zip = REPOSITORY.resolve(made.substring(made.lastIndexOf('\n') + 1));
        run(folder, all, "unzip", "-q", zip.toString());
        Path program;
        try (Stream<Path> unpacked = Files.list(folder)) {
            program = unpacked.findFirst().orElseThrow().resolve("bin/triage502");
        }

        // What its start needs, and no java.
        Path tools = Files.createDirectory(folder.resolve("tools"));
        for (String tool : List.of("sh", "dirname", "readlink")) {
            Files.createSymbolicLink(tools.resolve(tool), found(tool));
        }
        Map<String, String> bare = Map.of("PATH", tools.toString(), "HOME", folder.toString());

        assertThat(run(folder, bare, program.toString(), "--version")).startsWith("triage502 ");
        assertThat(run(folder, bare, program.toString(), "demo")).contains("Do this first", "nsg-blocks-backend");
        Path case1 = REPOSITORY.resolve("src/test/resources/cases/slow-health-page");
        assertThat(run(folder, bare, program.toString(), "replay", case1.toString()))
                .contains("times out after 30 s");

        Path home = program.getParent().getParent();
        assertThat(signed(home.resolve("lib")))
                .as("jars that the JVM would check at each start")
                .isEmpty();

        // As install.sh makes it: the JVM crashes over a list that has a class too many.
        Path archive = home.resolve("lib/triage502.jsa");
        run(
                folder,
                bare,
                home.resolve("runtime/bin/java").toString(),
                "-Xshare:dump",
                "-XX:SharedClassListFile=" + home.resolve("lib/classes"),
                "-XX:SharedArchiveFile=" + archive,
                "-cp",
                home.resolve("lib") + "/*");
        assertThat(archive).isNotEmptyFile();
        assertThat(run(folder, bare, program.toString(), "demo")).contains("nsg-blocks-backend");
    }

    private static List<Path> signed(Path lib) throws IOException {
        List<Path> signed = new ArrayList<>();
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(lib, "*.jar")) {
            for (Path jar : jars) {
                try (JarFile file = new JarFile(jar.toFile())) {
                    boolean digests = file.getManifest().getEntries().values().stream()
                            .flatMap(entry -> entry.keySet().stream())
                            .anyMatch(name -> name.toString().endsWith("-Digest"));
                    if (digests
                            || file.stream().anyMatch(entry -> entry.getName().endsWith(".SF"))) {
                        signed.add(jar);
                    }
                }
            }
        }
        return signed;
    }

    private static Path found(String tool) {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(each -> Path.of(each).resolve(tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }

    private static String run(Path in, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(in.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }
}
