package dev.triage502.evidence;

import dev.triage502.incident.HostName;
import dev.triage502.incident.ResourceId;
import java.util.Optional;

/**
 * A public IP address.
 *
 * @param address the address itself; empty while none is assigned
 * @param holder  the part of a resource that has it, such as a frontend of a gateway; empty where nothing has it
 * @param name    the name that Azure's public DNS gives it by its DNS name label; empty where it has none
 * @param dynamic whether it is let go when its machine is deallocated; false where the document does not say
 * @param standard whether it is of the Standard SKU, which admits nothing that no NSG allows; false where the document does not say
 */
public record PublicAddress(
        ResourceId id,
        String address,
        Optional<ResourceId> holder,
        Optional<HostName> name,
        boolean dynamic,
        boolean standard) {

    /** One of which neither the SKU nor the allocation is known. */
    public PublicAddress(ResourceId id, String address, Optional<ResourceId> holder, Optional<HostName> name) {
        this(id, address, holder, name, false, false);
    }
}
