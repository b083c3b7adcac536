package dev.triage502.evidence.arm.form;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Terraform's state, as its file and as {@code terraform show -json} give it, and the state that a plan begins with: for
 * the gateway, the NSGs, the routes and the subnets. What a plan would change is not taken, since it is not so yet.
 */
final class TerraformForm implements DocumentForm {

    @Override
    public Optional<TakenDocument> take(JsonElement document) {
        if (!isTerraform(document)) {
            return Optional.empty();
        }
        List<TerraformResource> all = resources(document);
        List<UsableResource> kinds = new ArrayList<>();
        List<TakenPart> parts = new ArrayList<>();
        for (JsonObject resource : translated(all)) {
            UsableResource.of(resource).ifPresent(kind -> {
                kinds.add(kind);
                parts.add(kind.part(resource));
            });
        }
        String as = isPlan(document) ? "Terraform plan (state before it): " : "Terraform state: ";
        return parts.isEmpty()
                ? Optional.empty()
                : Optional.of(new TakenDocument(as + ResourcesForm.words(kinds), parts));
    }

    static boolean isTerraform(JsonElement document) {
        return AnyCase.field(document, "terraform_version").isPresent()
                && (AnyCase.field(document, "resources").isPresent()
                        || AnyCase.field(document, "format_version").isPresent());
    }

    private static boolean isPlan(JsonElement document) {
        return AnyCase.field(document, "planned_values").isPresent();
    }

    private static List<JsonObject> translated(List<TerraformResource> all) {
        List<JsonObject> resources = new ArrayList<>();
        for (TerraformResource each : all) {
            if (each.type().equals("azurerm_application_gateway")) {
                resources.add(TerraformGateway.resource(each));
            }
        }
        resources.addAll(new TerraformNetwork(all).resources());
        return resources;
    }

    private static List<TerraformResource> resources(JsonElement document) {
        List<TerraformResource> found = new ArrayList<>();
        if (AnyCase.field(document, "format_version").isPresent()) {
            JsonElement state =
                    isPlan(document) ? AnyCase.field(document, "prior_state").orElseGet(JsonObject::new) : document;
            AnyCase.field(state, "values")
                    .flatMap(values -> AnyCase.field(values, "root_module"))
                    .ifPresent(module -> addModule(module, found));
            return found;
        }
        for (JsonObject each : AnyCase.objects(document, "resources")) {
            for (JsonObject instance : AnyCase.objects(each, "instances")) {
                AnyCase.field(instance, "attributes").ifPresent(values -> add(each, values, found));
            }
        }
        return found;
    }

    private static void addModule(JsonElement module, List<TerraformResource> found) {
        for (JsonObject each : AnyCase.objects(module, "resources")) {
            AnyCase.field(each, "values").ifPresent(values -> add(each, values, found));
        }
        AnyCase.objects(module, "child_modules").forEach(child -> addModule(child, found));
    }

    private static void add(JsonObject resource, JsonElement values, List<TerraformResource> found) {
        if (values instanceof JsonObject object) {
            found.add(new TerraformResource(AnyCase.text(resource, "type"), object));
        }
    }
}
