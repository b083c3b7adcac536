package dev.triage502.evidence.arm.form;

import com.google.gson.JsonElement;
import java.util.Optional;

/** One form in which people have documents of Azure's. */
interface DocumentForm {

    /** What the document holds, if it is of this form. */
    Optional<TakenDocument> take(JsonElement document);
}
