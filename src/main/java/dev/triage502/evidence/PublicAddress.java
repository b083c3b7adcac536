package dev.triage502.evidence;

import dev.triage502.incident.ResourceId;
import java.util.Optional;

/**
 * A public IP address.
 *
 * @param address the address itself; empty while none is assigned
 * @param holder  the part of a resource that has it, such as a frontend of a gateway; empty where nothing has it
 */
public record PublicAddress(ResourceId id, String address, Optional<ResourceId> holder) {}
