package dev.triage502.evidence.arm;

import dev.triage502.evidence.PublicAddress;
import dev.triage502.incident.HostName;
import dev.triage502.incident.Wording;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Public IP addresses and what has them: {@code Microsoft.Network/publicIPAddresses}. */
final class PublicAddressReader {

    private PublicAddressReader() {}

    static List<PublicAddress> read(List<ArmObject> addresses, Losses losses) {
        return losses
                .each(
                        addresses,
                        each -> new PublicAddress(
                                MachineReader.idOf(each),
                                each.text("ipAddress"),
                                each.reference("ipConfiguration"),
                                Optional.of(each.object("dnsSettings").text("fqdn"))
                                        .filter(name -> !name.isEmpty())
                                        .map(HostName::of),
                                Wording.of(each.text("publicIPAllocationMethod"))
                                        .is("dynamic"),
                                Wording.of(each.object("sku").text("name")).startWith("standard")))
                .stream()
                .sorted(Comparator.comparing(PublicAddress::id).thenComparing(PublicAddress::toString))
                .toList();
    }
}
