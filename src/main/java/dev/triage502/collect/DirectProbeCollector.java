package dev.triage502.collect;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import dev.triage502.azure.CallContext;
import dev.triage502.collect.probe.DirectProbing;
import dev.triage502.collect.probe.DirectRequests;
import dev.triage502.evidence.BackendHealth;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Gateway.Association;
import dev.triage502.evidence.Gateway.Setting;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.ResourceReferences;
import dev.triage502.evidence.arm.SingleReaders;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the backends answer when they are asked past the gateway, from where this program runs. */
final class DirectProbeCollector implements SourceCollector {

    private final String from;

    DirectProbeCollector(String from) {
        this.from = from;
    }

    @Override
    public Reading<JsonElement> collect(CollectContext scene, CallContext ask) throws InterruptedException {
        Optional<Gateway> gateway = scene.gateway();
        if (gateway.isEmpty()) {
            return scene.notWithoutGateway(ask.source());
        }
        boolean joined = gateway.get().associations().stream()
                .anyMatch(pair -> !pair.pool().interfaces().isEmpty());
        Optional<BackendHealth> health = joined ? health(scene, ask, gateway.get()) : Optional.empty();
        DirectRequests looks = new DirectRequests(
                gateway.get(), setting -> trustedBy(scene.document(), setting), (known, pair) -> members(pair, health));
        JsonArray rows = new JsonArray();
        try (DirectProbing probing = new DirectProbing(from)) {
            scene.fan().all(probing.calls(looks.all(), ask.deadline())).forEach(rows::add);
        }
        return Reading.present(rows);
    }

    /** Where interfaces joined a pool, the gateway's own health answer says which addresses they have. */
    private static Optional<BackendHealth> health(CollectContext scene, CallContext ask, Gateway gateway)
            throws InterruptedException {
        return SingleReaders.backendHealth(gateway, scene.others().await(Source.BACKEND_HEALTH, ask.deadline()))
                .toOptional();
    }

    private static List<String> members(Association pair, Optional<BackendHealth> health) {
        Stream<String> joined = health.stream()
                .flatMap(known -> known.servers().stream())
                .filter(server -> server.pool().equalsIgnoreCase(pair.pool().name()))
                .map(server -> server.target().name());
        return Stream.concat(pair.pool().members().stream(), joined).distinct().toList();
    }

    /** The roots that the setting names, as far as the gateway's document holds them; a key vault's are not in it. */
    static Optional<List<X509Certificate>> trustedBy(Reading<JsonElement> document, Setting setting) {
        List<X509Certificate> found = new ArrayList<>();
        for (String name : Stream.concat(setting.trustedRoots().stream(), setting.authenticationCertificates().stream())
                .toList()) {
            Optional<X509Certificate> certificate = uploaded(document, name);
            if (certificate.isEmpty()) {
                return Optional.empty();
            }
            found.add(certificate.get());
        }
        return Optional.of(found);
    }

    private static Optional<X509Certificate> uploaded(Reading<JsonElement> document, String name) {
        return document.toOptional().stream()
                .flatMap(gateway -> ResourceReferences.uploadedCertificates(gateway, name).stream())
                .flatMap(data -> certificate(data).stream())
                .findFirst();
    }

    /** Base64 of a certificate in either of its forms. */
    private static Optional<X509Certificate> certificate(String data) {
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(data);
            return Optional.of((X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(bytes)));
        } catch (CertificateException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
