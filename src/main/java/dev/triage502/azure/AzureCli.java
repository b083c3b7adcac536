package dev.triage502.azure;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import reactor.core.publisher.Mono;

/** Tokens of whoever ran {@code az login}. Unlike the SDK's, it says why there is none: what az prints is kept. */
final class AzureCli implements TokenCredential {

    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final Duration USUAL_LIFE = Duration.ofMinutes(30);
    private static final boolean WINDOWS =
            System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");

    private final SurroundingVariables variables;
    private final Optional<String> tenant;

    AzureCli(SurroundingVariables variables, Optional<String> tenant) {
        this.variables = variables;
        this.tenant = tenant;
    }

    @Override
    public AccessToken getTokenSync(TokenRequestContext request) {
        Path az = program().orElseThrow(SignInFailed::notInstalled);
        List<String> command =
                new ArrayList<>(WINDOWS ? List.of("cmd.exe", "/c", az.toString()) : List.of(az.toString()));
        command.addAll(List.of(
                "account",
                "get-access-token",
                "--output",
                "json",
                "--scope",
                request.getScopes().get(0)));
        tenant.ifPresent(id -> command.addAll(List.of("--tenant", id)));
        return token(command);
    }

    @Override
    public Mono<AccessToken> getToken(TokenRequestContext request) {
        return Mono.fromCallable(() -> getTokenSync(request));
    }

    private Optional<Path> program() {
        List<String> names = WINDOWS ? List.of("az.cmd", "az.exe") : List.of("az");
        return Stream.of(variables.first("PATH").orElse("").split(File.pathSeparator))
                .filter(folder -> !folder.isBlank())
                .flatMap(folder -> names.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private AccessToken token(List<String> command) {
        try {
            Path printed = Files.createTempFile("triage502-az", ".txt");
            Path told = Files.createTempFile("triage502-az", ".err");
            // A process that ends while az runs, by Ctrl-C or for a wrong option, leaves no token behind.
            printed.toFile().deleteOnExit();
            told.toFile().deleteOnExit();
            try {
                Process az = new ProcessBuilder(command)
                        .redirectOutput(printed.toFile())
                        .redirectError(told.toFile())
                        .start();
                az.getOutputStream().close();
                if (!az.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
                    az.destroyForcibly();
                    throw SignInFailed.noAnswer(LONGEST.toSeconds());
                }
                return token(Files.readString(printed)).orElseThrow(() -> failed(told));
            } finally {
                Files.deleteIfExists(printed);
                Files.deleteIfExists(told);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private SignInFailed failed(Path told) {
        try {
            return SignInFailed.saidByAz(Files.readString(told), tenant.orElse(""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Versions before 2.54 give the end only in local time: then a short life is assumed. */
    private static Optional<AccessToken> token(String printed) {
        try {
            JsonElement answer = StrictJson.parse(printed);
            if (answer instanceof JsonObject object && object.has("accessToken")) {
                OffsetDateTime end = object.has("expires_on")
                        ? Instant.ofEpochSecond(object.get("expires_on").getAsLong())
                                .atOffset(ZoneOffset.UTC)
                        : OffsetDateTime.now(ZoneOffset.UTC).plus(USUAL_LIFE);
                return Optional.of(new AccessToken(object.get("accessToken").getAsString(), end));
            }
            return Optional.empty();
        } catch (StrictJson.Malformed | NumberFormatException e) {
            return Optional.empty();
        }
    }
}
