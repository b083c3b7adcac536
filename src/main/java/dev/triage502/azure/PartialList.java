package dev.triage502.azure;

import com.google.gson.JsonArray;
import dev.triage502.evidence.Reading.CouldNotRead;
import java.util.Optional;

/**
 * The elements of a list as far as they could be read.
 *
 * @param value the elements, in the order in which they came
 * @param rest  why the list could not be read to its end; empty where it was
 */
public record PartialList(JsonArray value, Optional<CouldNotRead<?>> rest) {}
