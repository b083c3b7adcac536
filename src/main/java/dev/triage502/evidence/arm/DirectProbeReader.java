package dev.triage502.evidence.arm;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.evidence.DirectProbes;
import dev.triage502.evidence.DirectProbes.Connect;
import dev.triage502.evidence.DirectProbes.DirectProbe;
import dev.triage502.evidence.DirectProbes.Dns;
import dev.triage502.evidence.DirectProbes.Tls;
import dev.triage502.evidence.IpAddresses;
import dev.triage502.incident.Wording;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** What bypassing the gateway showed: an array of looks, each at one server. */
final class DirectProbeReader {

    private static final Comparator<DirectProbe> ORDER = Comparator.comparing(DirectProbe::address, IpAddresses.ORDER)
            .thenComparing(DirectProbe::host)
            .thenComparing(DirectProbe::path)
            .thenComparing(DirectProbe::toString);

    private static final List<String> CONNECTED = List.of("ok", "connected", "open");

    private DirectProbeReader() {}

    static DirectProbes read(ServersInUse servers, JsonElement document, Losses losses) {
        List<DirectProbe> looks = losses.each(looks(document), DirectProbeReader::look).stream()
                .sorted(ORDER)
                .toList();
        ServersInUse named = servers.resolvedBy(looks);
        return new DirectProbes(looks.stream().map(named::spokenOf).toList());
    }

    private static List<ArmObject> looks(JsonElement document) {
        if (document instanceof JsonArray) {
            return ArmObject.list(document);
        }
        ArmObject one = ArmObject.document(document);
        if (!one.has("target") && !one.has("value")) {
            throw one.lacks("an array of looks, each with its target");
        }
        return one.has("value") ? one.objects("value") : List.of(one);
    }

    private static DirectProbe look(ArmObject look) {
        HostAndPort asked = HostAndPort.of(look.text("target"));
        if (asked.host().isEmpty()) {
            throw look.lacks("a look with its target");
        }
        Optional<Dns> dns = look.has("dns") ? Optional.of(dns(look.object("dns"))) : Optional.empty();
        Optional<Tls> tls = look.has("tls") ? Optional.of(tls(look.object("tls"))) : Optional.empty();
        OptionalInt status = look.integer("status");
        String scheme = look.text("scheme");
        String host = look.text("host");
        OptionalInt port = look.integer("port");
        OptionalDouble elapsed = look.number("elapsedMs");
        return DirectProbe.builder()
                .targets(List.of())
                .address(asked.host())
                .port(port.isPresent() ? port : asked.port())
                .overTls(scheme.equalsIgnoreCase("https")
                        || scheme.equalsIgnoreCase("tls")
                        || (scheme.isEmpty() && tls.isPresent()))
                .host(host.isEmpty() ? asked.host() : host)
                .path(look.text("path"))
                .sni(look.text("sni"))
                .from(look.text("from"))
                .dns(dns)
                .connect(connect(look, status.isPresent() || tls.isPresent()))
                .tls(tls)
                .status(status)
                .body(look.has("body") ? Optional.of(look.text("body")) : Optional.empty())
                .elapsedMillis(
                        elapsed.isPresent() ? OptionalLong.of(Math.round(elapsed.getAsDouble())) : OptionalLong.empty())
                .error(look.text("error"))
                .build();
    }

    private static Connect connect(ArmObject look, boolean answered) {
        String said = look.text("connect");
        if (said.isEmpty()) {
            return answered ? Connect.OK : Connect.NOT_TRIED;
        }
        if (CONNECTED.stream().anyMatch(said::equalsIgnoreCase)) {
            return Connect.OK;
        }
        Wording words = Wording.of(said);
        if (words.has("refused")) {
            return Connect.REFUSED;
        }
        if (words.has("time")) {
            return Connect.TIMED_OUT;
        }
        if (words.has("reset")) {
            return Connect.RESET;
        }
        if (words.has("route") || words.has("unreachable")) {
            return Connect.NO_ROUTE;
        }
        throw look.lacks("a look whose connect is ok, refused, timeout, reset or unreachable");
    }

    private static Dns dns(ArmObject dns) {
        return new Dns(
                dns.text("resolver"),
                dns.texts("addresses").stream()
                        .distinct()
                        .sorted(IpAddresses.ORDER)
                        .toList(),
                dns.text("error"));
    }

    private static Tls tls(ArmObject tls) {
        return Tls.builder()
                .protocol(tls.text("protocol"))
                .subject(tls.text("subject"))
                .names(tls.texts("san").stream()
                        .flatMap(text -> Stream.of(text.split(",")))
                        .map(name -> name.strip().replaceFirst("^DNS:", ""))
                        .filter(name -> !name.isEmpty())
                        .distinct()
                        .sorted()
                        .toList())
                .issuer(tls.text("issuer"))
                .notBefore(tls.instant("notBefore"))
                .notAfter(tls.instant("notAfter"))
                .chain(chain(tls))
                .verified(tls.flag("verified"))
                .error(tls.text("error"))
                .build();
    }

    /**
     * The subjects that were sent: the leaf first, its issuer next, the others by name. The order in which they came is
     * not taken from here, since clients sort what they show; the gateway's own message tells it.
     */
    private static List<String> chain(ArmObject tls) {
        boolean told =
                tls.find("chain") instanceof JsonArray array && array.size() > 0 && array.get(0) instanceof JsonObject;
        List<String> subjects = told
                ? tls.objects("chain").stream()
                        .map(each -> each.text("subject"))
                        .toList()
                : tls.texts("chain");
        String leaf = tls.text("subject");
        String issuer = tls.text("issuer");
        return subjects.stream()
                .sorted(Comparator.comparing((String each) -> !each.equalsIgnoreCase(leaf))
                        .thenComparing(each -> !each.equalsIgnoreCase(issuer))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }
}
