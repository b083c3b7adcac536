package dev.triage502.collect;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** What a collected document has at a path of names; arrays on it are gone through. */
final class DocumentPaths {

    private DocumentPaths() {}

    static List<String> texts(JsonElement document, String path) {
        List<String> found = new ArrayList<>();
        if (document instanceof JsonArray array) {
            array.forEach(each -> found.addAll(texts(each, path)));
        } else if (path.isEmpty() && document.isJsonPrimitive()) {
            found.add(document.getAsString());
        } else if (document instanceof JsonObject object) {
            String[] names = path.split("\\.", 2);
            if (object.has(names[0])) {
                found.addAll(texts(object.get(names[0]), names.length == 1 ? "" : names[1]));
            }
        }
        return found;
    }
}
