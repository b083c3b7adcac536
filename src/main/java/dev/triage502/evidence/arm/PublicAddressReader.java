package dev.triage502.evidence.arm;

import dev.triage502.evidence.PublicAddress;
import java.util.Comparator;
import java.util.List;

/** Public IP addresses and what has them: {@code Microsoft.Network/publicIPAddresses}. */
final class PublicAddressReader {

    private PublicAddressReader() {}

    static List<PublicAddress> read(List<ArmObject> addresses, Losses losses) {
        return losses
                .each(
                        addresses,
                        each -> new PublicAddress(
                                MachineReader.idOf(each), each.text("ipAddress"), each.reference("ipConfiguration")))
                .stream()
                .sorted(Comparator.comparing(PublicAddress::id).thenComparing(PublicAddress::toString))
                .toList();
    }
}
