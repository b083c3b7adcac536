package dev.triage502.azure;

import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpPipelineNextSyncPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import reactor.core.publisher.Mono;

/** A policy for calls that wait for their answer; nothing here asks in the other way. */
interface BlockingPolicy extends HttpPipelinePolicy {

    /** What a call carries through the pipeline in its context. */
    String DEADLINE = "triage502-deadline";

    String SCOPE = "triage502-scope";

    @Override
    HttpResponse processSync(HttpPipelineCallContext context, HttpPipelineNextSyncPolicy next);

    @Override
    default Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
        return Mono.error(new UnsupportedOperationException("this pipeline takes synchronous calls alone"));
    }

    /** The call's deadline. */
    static Deadline deadline(HttpPipelineCallContext context) {
        return context.getData(DEADLINE)
                .map(Deadline.class::cast)
                .orElseThrow(() -> new IllegalStateException("a call without a deadline"));
    }
}
