package dev.triage502.function;

import dev.triage502.report.CausePages;
import dev.triage502.report.DiagnosisDocument;
import dev.triage502.report.IncidentLinks;
import java.util.Optional;

/** Makes the links of a message about an incident. Whatever goes wrong with them keeps no message from being sent. */
final class MessageLinks {

    private final AppAddresses addresses;
    private final SignedLinks links;
    private final SignedInPerson people;
    private final CausePages causes = CausePages.bundled();

    MessageLinks(AppAddresses addresses, SignedLinks links, SignedInPerson people) {
        this.addresses = addresses;
        this.links = links;
        this.people = people;
    }

    /** The links; without an address of the app, only the one to the portal. */
    IncidentLinks of(DiagnosisDocument document) {
        Optional<String> portal = Optional.of(document.portal());
        if (!addresses.areWhole()) {
            return new IncidentLinks(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), portal);
        }
        Optional<String> open = forAll(document.incident());
        return new IncidentLinks(
                open.or(() -> Optional.of(addresses.withKey(document.incident()))),
                Optional.of(document.rootCause())
                        .filter(id -> causes.text(id).isPresent())
                        .map(addresses::cause),
                open.map(at -> at + "/feedback?verdict=right"),
                open.map(at -> at + "/feedback?verdict=wrong"),
                portal);
    }

    /** What opens without a key. */
    private Optional<String> forAll(String incident) {
        return links.tokenIfAny(incident)
                .map(addresses::byLink)
                .or(() -> people.signInIsOn() ? Optional.of(addresses.signedIn(incident)) : Optional.empty());
    }
}
