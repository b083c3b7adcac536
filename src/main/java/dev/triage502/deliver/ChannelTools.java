package dev.triage502.deliver;

import com.azure.core.http.HttpPipeline;

/** What the app lends to its channels. */
@FunctionalInterface
public interface ChannelTools {

    /** Posts over HTTP: bounds connecting and waiting, and follows no redirects. */
    HttpPipeline http();
}
