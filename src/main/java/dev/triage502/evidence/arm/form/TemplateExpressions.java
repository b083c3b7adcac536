package dev.triage502.evidence.arm.form;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The expressions of one template that need no deployment: parameters by their defaults, variables, {@code concat},
 * {@code format}, {@code resourceId}. An expression with anything else in it is unknown.
 */
final class TemplateExpressions {

    /** A variable may refer to another, and in a template that is wrong to itself. */
    private static final int DEEPEST = 30;

    /** What stands for a value that the template does not tell; its text is for whoever reads the report. */
    private static final String UNKNOWN = "expression";

    private final JsonObject template;

    TemplateExpressions(JsonObject template) {
        this.template = template;
    }

    /** The element with the values of its expressions. */
    JsonElement evaluate(JsonElement element) {
        return evaluate(element, 0);
    }

    /** The id of a resource of a type, which may be a child's, in the scope that the template does not say. */
    static String id(String type, String name) {
        String[] types = type.split("/");
        String[] names = name.split("/");
        StringBuilder id =
                new StringBuilder(UnknownScope.ID).append("/providers/").append(types[0]);
        for (int i = 0; i < names.length && i + 1 < types.length; i++) {
            id.append('/').append(types[i + 1]).append('/').append(names[i]);
        }
        return id.toString();
    }

    private JsonElement evaluate(JsonElement element, int depth) {
        if (element instanceof JsonObject object) {
            JsonObject copy = new JsonObject();
            object.entrySet().forEach(each -> copy.add(each.getKey(), evaluate(each.getValue(), depth)));
            return copy;
        }
        if (element instanceof JsonArray array) {
            JsonArray copy = new JsonArray();
            array.forEach(each -> copy.add(evaluate(each, depth)));
            return copy;
        }
        return element instanceof JsonPrimitive text && text.isString() ? value(text.getAsString(), depth) : element;
    }

    /** {@code [[} is a bracket that begins a text. */
    private JsonElement value(String text, int depth) {
        if (text.startsWith("[[") || !text.startsWith("[") || !text.endsWith("]")) {
            return new JsonPrimitive(text.startsWith("[[") ? text.substring(1) : text);
        }
        if (depth > DEEPEST) {
            return unknown(text);
        }
        Parser parser = new Parser(text.substring(1, text.length() - 1), depth);
        return parser.whole().orElseGet(() -> unknown(text));
    }

    private static JsonElement unknown(String text) {
        JsonObject object = new JsonObject();
        object.addProperty(UNKNOWN, text);
        return object;
    }

    private Optional<JsonElement> parameter(String name, int depth) {
        return AnyCase.field(template, "parameters")
                .flatMap(all -> AnyCase.field(all, name))
                .flatMap(one -> AnyCase.field(one, "defaultValue"))
                .map(value -> evaluate(value, depth + 1));
    }

    private Optional<JsonElement> variable(String name, int depth) {
        return AnyCase.field(template, "variables")
                .flatMap(all -> AnyCase.field(all, name))
                .map(value -> evaluate(value, depth + 1));
    }

    /** Reads one expression from left to right; nothing as soon as something in it is not known. */
    private final class Parser {

        private final String text;
        private final int depth;
        private int at;

        Parser(String text, int depth) {
            this.text = text;
            this.depth = depth;
        }

        Optional<JsonElement> whole() {
            Optional<JsonElement> value = expression();
            skip();
            return value.filter(known -> at == text.length());
        }

        private Optional<JsonElement> expression() {
            skip();
            if (at < text.length() && text.charAt(at) == '\'') {
                return Optional.of(new JsonPrimitive(literal()));
            }
            int begin = at;
            while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '-')) {
                at++;
            }
            String word = text.substring(begin, at);
            skip();
            if (word.matches("-?\\d+")) {
                return Optional.of(new JsonPrimitive(word));
            }
            return at < text.length() && text.charAt(at) == '(' ? call(word) : Optional.empty();
        }

        /** A quotation mark in a text is written twice. */
        private String literal() {
            StringBuilder literal = new StringBuilder();
            for (at++; at < text.length(); at++) {
                if (text.charAt(at) != '\'') {
                    literal.append(text.charAt(at));
                } else if (at + 1 < text.length() && text.charAt(at + 1) == '\'') {
                    literal.append(text.charAt(at++));
                } else {
                    at++;
                    break;
                }
            }
            return literal.toString();
        }

        private Optional<JsonElement> call(String function) {
            List<JsonElement> arguments = new ArrayList<>();
            at++;
            skip();
            while (at < text.length() && text.charAt(at) != ')') {
                Optional<JsonElement> argument = expression();
                if (argument.isEmpty()) {
                    return Optional.empty();
                }
                arguments.add(argument.get());
                skip();
                if (at < text.length() && text.charAt(at) == ',') {
                    at++;
                }
            }
            at++;
            return apply(function.toLowerCase(Locale.ROOT), arguments);
        }

        private Optional<JsonElement> apply(String function, List<JsonElement> arguments) {
            boolean known = !arguments.isEmpty() && arguments.stream().allMatch(JsonElement::isJsonPrimitive);
            if (!known) {
                return Optional.empty();
            }
            List<String> texts =
                    arguments.stream().map(JsonElement::getAsString).toList();
            return switch (function) {
                case "parameters" -> parameter(texts.get(0), depth);
                case "variables" -> variable(texts.get(0), depth);
                case "concat" -> Optional.of(new JsonPrimitive(String.join("", texts)));
                case "format" -> Optional.of(new JsonPrimitive(formatted(texts)));
                case "string", "int" -> Optional.of(arguments.get(0));
                case "tolower" -> Optional.of(new JsonPrimitive(texts.get(0).toLowerCase(Locale.ROOT)));
                case "resourceid" -> resourceId(texts);
                default -> Optional.empty();
            };
        }

        private static String formatted(List<String> texts) {
            String formatted = texts.get(0);
            for (int i = 1; i < texts.size(); i++) {
                formatted = formatted.replace("{" + (i - 1) + "}", texts.get(i));
            }
            return formatted;
        }

        /** {@code resourceId([subscription], [group], type, names…)}: the type is the first with a slash. */
        private static Optional<JsonElement> resourceId(List<String> texts) {
            for (int i = 0; i < texts.size(); i++) {
                if (texts.get(i).contains("/")) {
                    List<String> names = texts.subList(i + 1, texts.size());
                    String own = id(texts.get(i), String.join("/", names));
                    String scope = i == 0
                            ? UnknownScope.ID
                            : (i > 1
                                            ? "/subscriptions/" + texts.get(0)
                                            : UnknownScope.ID.replaceFirst("/resourceGroups.*", ""))
                                    + "/resourceGroups/" + texts.get(i - 1);
                    return Optional.of(new JsonPrimitive(scope + own.substring(UnknownScope.ID.length())));
                }
            }
            return Optional.empty();
        }

        private void skip() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
        }
    }
}
