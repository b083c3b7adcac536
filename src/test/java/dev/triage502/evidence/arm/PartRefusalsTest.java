package dev.triage502.evidence.arm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.evidence.Source;
import org.junit.jupiter.api.Test;

class PartRefusalsTest {

    @Test
    void findsRefusalsInThePlacesOfResourcesAndOfLists() {
        assertThat(PartRefusals.in(
                        Source.NETWORK,
                        Json.of("{'virtualNetworks':[{'id':'/subscriptions/s/v','error':{'code':'AuthorizationFailed',"
                                + "'message':'no'}},{'id':'/subscriptions/s/w','properties':{}}],"
                                + "'unread':{'routeTables':{'code':'TooManyRequests','message':'later'}}}")))
                .extracting(CouldNotRead::why)
                .containsExactlyInAnyOrder(Why.FORBIDDEN, Why.THROTTLED);
    }

    @Test
    void aDocumentThatWasReadWholeHasNone() {
        assertThat(PartRefusals.in(Source.NETWORK, Json.of("{'virtualNetworks':[{'id':'/subscriptions/s/v'}]}")))
                .isEmpty();
    }
}
