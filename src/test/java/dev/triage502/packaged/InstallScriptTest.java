package dev.triage502.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That {@code install.sh} installs what the checksum is of, and nothing else. The zip is a small one of the same form. */
class InstallScriptTest {

    private static final List<String> TOOLS = List.of("sh", "curl", "unzip", "sed");
    private static final String VERSION = "1.2.3";
    private static final String NAME = "triage502-" + VERSION + "-linux-x64";

    @TempDir
    private Path folder;

    private Path release;
    private Path home;

    @BeforeEach
    void publish() throws Exception {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "the script looks for the zip of its own system");
        assumeTrue(System.getProperty("os.arch").equals("amd64"), "the script looks for the zip of its own processor");
        for (String tool : TOOLS) {
            if ("true".equals(System.getenv("CI"))) {
                assertThat(isInstalled(tool)).as(tool).isTrue();
            }
            assumeTrue(isInstalled(tool), tool + " is not installed");
        }
        release = Files.createDirectory(folder.resolve("release"));
        home = Files.createDirectory(folder.resolve("home"));
        Path zip = release.resolve(NAME + ".zip");
        try (OutputStream file = Files.newOutputStream(zip);
                ZipOutputStream entries = new ZipOutputStream(file)) {
            entries.putNextEntry(new ZipEntry(NAME + "/bin/triage502"));
            entries.write("#!/bin/sh\necho triage502 1.2.3\n".getBytes(StandardCharsets.UTF_8));
            entries.putNextEntry(new ZipEntry(NAME + "/lib/triage502.jar"));
        }
        for (String platform : List.of("linux-x64", "macos-x64", "macos-arm64", "windows-x64")) {
            Files.writeString(
                    release.resolve("triage502-" + VERSION + "-" + platform + ".zip.sha256"),
                    sha256(zip) + "  x.zip\n");
        }
        Ran filled =
                run("bash", "src/release/fill.sh", VERSION, "https://t.example", "file://" + release, "" + release);
        assertThat(filled.code()).as(filled.said()).isZero();
    }

    @Test
    void installsForOneUserAndLinksTheProgram() throws Exception {
        Ran ran = install();

        assertThat(ran.code()).as(ran.said()).isZero();
        assertThat(ran.said()).contains("its checksum is right", "is not on your PATH");
        assertThat(home.resolve(".local/bin/triage502")).isSymbolicLink();
        assertThat(home.resolve(".local/share/triage502/" + NAME + "/lib/triage502.jar"))
                .exists();
    }

    @Test
    void installsNothingWhoseChecksumIsAnother() throws Exception {
        Files.write(release.resolve(NAME + ".zip"), new byte[] {1}, StandardOpenOption.APPEND);

        Ran ran = install();

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.said()).contains("the checksum of " + NAME + ".zip is ", "Nothing was installed.");
        assertThat(everythingIn(home)).isEmpty();
    }

    @Test
    void saysWhatItCouldNotDownload() throws Exception {
        Files.delete(release.resolve(NAME + ".zip"));

        Ran ran = install();

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.said()).contains("could not download file://" + release + "/" + NAME + ".zip");
        assertThat(everythingIn(home)).isEmpty();
    }

    @Test
    void theFormulaAndTheManifestHaveNothingLeftToFillIn() throws Exception {
        String sum = sha256(release.resolve(NAME + ".zip"));

        for (String file : List.of("triage502.rb", "triage502.json")) {
            assertThat(Files.readString(release.resolve(file)))
                    .contains(sum, "file://" + release + "/triage502-" + VERSION + "-")
                    .doesNotContain("@");
        }
    }

    @Test
    void theManifestLeadsToTheProgramInItsZip() throws Exception {
        JsonObject manifest = JsonParser.parseString(Files.readString(release.resolve("triage502.json")))
                .getAsJsonObject();
        JsonObject windows = manifest.getAsJsonObject("architecture").getAsJsonObject("64bit");

        assertThat(manifest.get("version").getAsString()).isEqualTo(VERSION);
        assertThat(windows.get("url").getAsString())
                .endsWith("/" + windows.get("extract_dir").getAsString() + ".zip");
        assertThat(Path.of("src/release", manifest.get("bin").getAsString().replace("bin\\", "")))
                .exists();
    }

    @Test
    void aReleaseWithoutAPlatformIsNotFilledIn() throws Exception {
        Files.delete(release.resolve("triage502-" + VERSION + "-macos-arm64.zip.sha256"));

        Ran ran = run("bash", "src/release/fill.sh", VERSION, "https://t.example", "file://" + release, "" + release);

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.said()).contains("@SHA256_MACOS_ARM64@", "the checksum of a platform is missing");
    }

    private record Ran(int code, String said) {}

    private Ran install() throws Exception {
        return run("sh", release.resolve("install.sh").toString());
    }

    private Ran run(String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("XDG_"));
        builder.environment().put("HOME", home.toString());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ran(process.exitValue(), said);
    }

    private static boolean isInstalled(String tool) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(each -> Files.isExecutable(Path.of(each).resolve(tool)));
    }

    private static List<Path> everythingIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static String sha256(Path file) throws IOException, NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }
}
