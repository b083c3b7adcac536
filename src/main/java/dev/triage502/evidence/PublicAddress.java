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
 */
public record PublicAddress(ResourceId id, String address, Optional<ResourceId> holder, Optional<HostName> name) {}
