package dev.triage502.azure.recorded;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What does a query of the Kusto language answer over these tables?
 *
 * <p>Written from the language's public reference: a query that names a column, a table or a function that is not there
 * is refused with the code and the words that Log Analytics and Resource Graph use. Texts are never null, an operator on
 * nothing gives nothing, and an empty array that is expanded leaves no row.
 */
final class KustoEngine {

    /** A query that the service would not run. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;
        final String code;

        Refused(String code, String message) {
            super(message);
            this.code = code;
        }
    }

    /** Rows with their columns; serialized rows have an order that functions of the window may use. */
    record Table(List<String> columns, List<Map<String, @Nullable Object>> rows, boolean serialized) {
        static Table of(List<String> columns, List<Map<String, @Nullable Object>> rows) {
            return new Table(columns, rows, false);
        }
    }

    private interface Expression {
        @Nullable
        Object on(Row row);
    }

    /** One row, the rows that it stands among, or the rows of its group. */
    private record Row(
            Map<String, @Nullable Object> values, List<Map<String, @Nullable Object>> among, int at, boolean grouped) {}

    private record Token(char kind, String text) {}

    private static final Pattern TOKENS =
            Pattern.compile("\\s+|//[^\\n]*|(?<verbatim>[hH]?@\"(?:[^\"]|\"\")*\"|[hH]?@'(?:[^']|'')*')"
                    + "|(?<text>[hH]?\"(?:\\\\.|[^\"\\\\])*\"|[hH]?'(?:\\\\.|[^'\\\\])*')"
                    + "|(?<span>\\d+(?:\\.\\d+)?(?:ms|d|h|m|s)\\b)|(?<number>\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?)"
                    + "|(?<name>mv-expand|mv-apply|project-away|project-keep|project-rename|project-reorder"
                    + "|\\$?[A-Za-z_][A-Za-z0-9_]*~?)"
                    + "|(?<sign>==|!=|=~|!~|<=|>=|\\.\\.|![a-z_]+~?|[-+*/%<>=()\\[\\]{},;|.:])");

    private static final Map<String, Character> KINDS =
            Map.of("verbatim", 'v', "text", 't', "span", 'p', "number", 'd', "name", 'n', "sign", 's');

    private static final Set<String> AGGREGATES = Set.of(
            "count",
            "countif",
            "sum",
            "sumif",
            "min",
            "max",
            "avg",
            "dcount",
            "percentile",
            "percentilew",
            "make_set",
            "make_list",
            "take_any",
            "any",
            "arg_max",
            "arg_min",
            "minif",
            "maxif",
            "dcountif",
            "count_distinct");

    private final List<Token> tokens = new ArrayList<>();
    private final Map<String, Table> tables;
    private final Map<String, Object> lets = new HashMap<>();
    private final Instant now;
    private int at;
    private List<String> columns = List.of();
    private boolean serialized;
    private String operator = "";

    private KustoEngine(String text, Map<String, Table> tables, Instant now) {
        this.tables = tables;
        this.now = now;
        Matcher matcher = TOKENS.matcher(text);
        int end = 0;
        while (end < text.length()) {
            if (!matcher.find(end) || matcher.start() != end) {
                throw new Refused("SYN0002", "A recognition error occurred. [line:position=0:" + end + "]");
            }
            end = matcher.end();
            for (String kind : List.of("verbatim", "text", "span", "number", "name", "sign")) {
                if (matcher.group(kind) != null) {
                    tokens.add(new Token(KINDS.get(kind), matcher.group(kind)));
                }
            }
        }
    }

    static Table run(String text, Map<String, Table> tables, Instant now) {
        return new KustoEngine(text, tables, now).statements();
    }

    private Table statements() {
        while (is("let")) {
            at++;
            String name = take();
            expect("=");
            lets.put(name, tabularAhead() ? pipe() : scalarOnNothing());
            expect(";");
        }
        Table result = pipe();
        if (at < tokens.size() && is(";")) {
            at++;
        }
        if (at < tokens.size()) {
            throw syntax();
        }
        return result;
    }

    private boolean tabularAhead() {
        String next = peek();
        return next.equals("(")
                || next.equals("union")
                || next.equals("materialize")
                || next.equals("print")
                || lets.get(next) instanceof Table
                || tables.containsKey(next)
                || !functionAhead() && !literalAhead();
    }

    private boolean literalAhead() {
        return tokens.get(at).kind != 'n' || peek().equals("true") || peek().equals("false");
    }

    private boolean functionAhead() {
        return at + 1 < tokens.size() && tokens.get(at + 1).text.equals("(");
    }

    private Object scalarOnNothing() {
        columns = List.of();
        return Objects.requireNonNullElse(expression().on(nothing()), JsonNull.INSTANCE);
    }

    private static Row nothing() {
        return new Row(Map.of(), List.of(), 0, false);
    }

    // ---- tabular

    private Table pipe() {
        Table table = source();
        while (at < tokens.size() && is("|")) {
            at++;
            table = operator(table);
        }
        return table;
    }

    private Table source() {
        if (is("(")) {
            at++;
            Table inner = pipe();
            expect(")");
            return inner;
        }
        if (is("union")) {
            at++;
            return union(new ArrayList<>());
        }
        if (is("materialize")) {
            at++;
            return source();
        }
        if (is("print")) {
            at++;
            columns = List.of();
            Map<String, Named> named = named("print_");
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            named.forEach((name, what) -> row.put(name, what.expression.on(nothing())));
            return Table.of(List.copyOf(row.keySet()), List.of(row));
        }
        String name = take();
        if (lets.get(name) instanceof Table let) {
            return let;
        }
        for (Map.Entry<String, Table> table : tables.entrySet()) {
            if (table.getKey().equals(name)) {
                return table.getValue();
            }
        }
        throw new MissingTable(name);
    }

    /** A table that is not there, which a fuzzy union forgives. */
    private static final class MissingTable extends RuntimeException {
        private static final long serialVersionUID = 1;
        final String name;

        MissingTable(String name) {
            this.name = name;
        }
    }

    static Refused missing(RuntimeException thrown, String operator) {
        String name = thrown instanceof MissingTable table ? table.name : "?";
        return new Refused(
                "SEM0100",
                "'" + operator + "' operator: Failed to resolve table or column expression named '" + name + "'");
    }

    static boolean isMissingTable(RuntimeException thrown) {
        return thrown instanceof MissingTable;
    }

    private Table union(List<Table> legs) {
        boolean fuzzy = false;
        while (tokens.get(at).kind == 'n'
                && at + 1 < tokens.size()
                && tokens.get(at + 1).text.equals("=")) {
            String option = take();
            expect("=");
            String value = take();
            fuzzy |= option.equals("isfuzzy") && value.equals("true");
        }
        do {
            int start = at;
            try {
                legs.add(source());
            } catch (MissingTable missing) {
                if (!fuzzy) {
                    throw missing;
                }
                at = start;
                skipLeg();
            }
        } while (comma());
        if (legs.isEmpty()) {
            throw new Refused("SEM0100", "'union' operator: Failed to resolve table expression");
        }
        Set<String> all = new LinkedHashSet<>();
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (Table leg : legs) {
            all.addAll(leg.columns);
            rows.addAll(leg.rows);
        }
        return Table.of(List.copyOf(all), rows);
    }

    private void skipLeg() {
        int depth = 0;
        while (at < tokens.size()) {
            String text = peek();
            if (depth == 0 && (text.equals(",") || text.equals("|") || text.equals(";") || text.equals(")"))) {
                return;
            }
            depth += text.equals("(") ? 1 : text.equals(")") ? -1 : 0;
            at++;
        }
    }

    private Table operator(Table in) {
        columns = in.columns;
        serialized = in.serialized;
        operator = take();
        switch (operator) {
            case "where", "filter" -> {
                Expression condition = expression();
                return keep(in, row -> Boolean.TRUE.equals(condition.on(row)));
            }
            case "extend" -> {
                return extended(in, named("Column"), true);
            }
            case "serialize" -> {
                return new Table(in.columns, in.rows, true);
            }
            case "project" -> {
                return extended(in, named("Column"), false);
            }
            case "project-away", "project-keep" -> {
                Set<String> named = new LinkedHashSet<>();
                do {
                    String name = take();
                    if (!in.columns.contains(name)) {
                        throw unresolved(name);
                    }
                    named.add(name);
                } while (comma());
                boolean away = operator.equals("project-away");
                return only(
                        in,
                        in.columns.stream()
                                .filter(c -> named.contains(c) != away)
                                .toList());
            }
            case "take", "limit" -> {
                int count = ((Number) Objects.requireNonNull(expression().on(nothing()))).intValue();
                return new Table(in.columns, in.rows.subList(0, Math.min(count, in.rows.size())), in.serialized);
            }
            case "count" -> {
                return Table.of(List.of("Count"), List.of(row("Count", (long) in.rows.size())));
            }
            case "order", "sort" -> {
                expect("by");
                return sorted(in);
            }
            case "top" -> {
                Expression count = additive();
                expect("by");
                Table ordered = sorted(in);
                int most = ((Number) Objects.requireNonNull(count.on(nothing()))).intValue();
                return new Table(ordered.columns, ordered.rows.subList(0, Math.min(most, ordered.rows.size())), true);
            }
            case "distinct" -> {
                List<String> names = new ArrayList<>();
                if (is("*")) {
                    at++;
                    names.addAll(in.columns);
                } else {
                    do {
                        String name = take();
                        if (!in.columns.contains(name)) {
                            throw unresolved(name);
                        }
                        names.add(name);
                    } while (comma());
                }
                Table narrow = only(in, names);
                return Table.of(names, List.copyOf(new LinkedHashSet<>(narrow.rows)));
            }
            case "summarize" -> {
                return summarized(in);
            }
            case "mv-expand" -> {
                return expanded(in);
            }
            case "union" -> {
                return union(new ArrayList<>(List.of(in)));
            }
            case "join" -> {
                return joined(in);
            }
            case "getschema" -> {
                List<Map<String, @Nullable Object>> rows = new ArrayList<>();
                for (String column : in.columns) {
                    Map<String, @Nullable Object> schema = row("ColumnName", column);
                    schema.put("ColumnOrdinal", (long) rows.size());
                    schema.put("DataType", "System.String");
                    schema.put("ColumnType", "string");
                    rows.add(schema);
                }
                return Table.of(List.of("ColumnName", "ColumnOrdinal", "DataType", "ColumnType"), rows);
            }
            default -> throw syntax();
        }
    }

    private interface Condition {
        boolean on(Row row);
    }

    private static Table keep(Table in, Condition condition) {
        List<Map<String, @Nullable Object>> kept = new ArrayList<>();
        for (int i = 0; i < in.rows.size(); i++) {
            if (condition.on(new Row(in.rows.get(i), in.rows, i, false))) {
                kept.add(in.rows.get(i));
            }
        }
        return new Table(in.columns, kept, in.serialized);
    }

    private static Table only(Table in, List<String> names) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (Map<String, @Nullable Object> row : in.rows) {
            Map<String, @Nullable Object> narrow = new LinkedHashMap<>();
            names.forEach(name -> narrow.put(name, row.get(name)));
            rows.add(narrow);
        }
        return new Table(names, rows, in.serialized);
    }

    private record Named(Expression expression, boolean text) {}

    /** Expressions with their names, all of which see the columns before the operator. */
    private Map<String, Named> named(String otherwise) {
        Map<String, Named> named = new LinkedHashMap<>();
        do {
            String name = otherwise + (named.size() + 1);
            if (tokens.get(at).kind == 'n'
                    && at + 1 < tokens.size()
                    && tokens.get(at + 1).text.equals("=")) {
                name = take();
                at++;
            } else if (tokens.get(at).kind == 'n' && (at + 1 == tokens.size() || !functionAhead())) {
                name = peek();
            } else if (tokens.get(at).kind == 'n') {
                name = peek() + "_" + (tokens.get(at + 2).kind == 'n' ? tokens.get(at + 2).text : "");
            }
            named.put(name, new Named(expression(), false));
        } while (comma());
        return named;
    }

    private static Table extended(Table in, Map<String, Named> named, boolean all) {
        Set<String> names = new LinkedHashSet<>(all ? in.columns : List.of());
        names.addAll(named.keySet());
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < in.rows.size(); i++) {
            Row row = new Row(in.rows.get(i), in.rows, i, false);
            Map<String, @Nullable Object> out = new LinkedHashMap<>(all ? row.values : Map.of());
            named.forEach((name, what) -> out.put(name, what.expression.on(row)));
            rows.add(out);
        }
        return new Table(List.copyOf(names), rows, in.serialized);
    }

    private Table sorted(Table in) {
        Comparator<Map<String, @Nullable Object>> order = (a, b) -> 0;
        do {
            Expression key = expression();
            boolean ascending = is("asc");
            if (is("asc") || is("desc")) {
                at++;
            }
            boolean nullsFirst = ascending;
            if (is("nulls")) {
                at++;
                nullsFirst = take().equals("first");
            }
            boolean first = nullsFirst;
            order = order.thenComparing((a, b) -> {
                Object left = key.on(new Row(a, in.rows, 0, false));
                Object right = key.on(new Row(b, in.rows, 0, false));
                if (left == null || right == null) {
                    return left == right ? 0 : (left == null) == first ? -1 : 1;
                }
                return ascending ? compare(left, right) : compare(right, left);
            });
        } while (comma());
        List<Map<String, @Nullable Object>> rows = new ArrayList<>(in.rows);
        rows.sort(order);
        return new Table(in.columns, rows, true);
    }

    private Table summarized(Table in) {
        Map<String, Named> aggregates = is("by") ? Map.of() : named("Column");
        Map<String, Named> keys = Map.of();
        if (at < tokens.size() && is("by")) {
            at++;
            keys = named("Column");
        }
        Map<Map<String, @Nullable Object>, List<Map<String, @Nullable Object>>> groups = new LinkedHashMap<>();
        for (int i = 0; i < in.rows.size(); i++) {
            Row row = new Row(in.rows.get(i), in.rows, i, false);
            Map<String, @Nullable Object> key = new LinkedHashMap<>();
            keys.forEach((name, what) -> key.put(name, what.expression.on(row)));
            groups.computeIfAbsent(key, k -> new ArrayList<>()).add(row.values);
        }
        if (groups.isEmpty() && keys.isEmpty()) {
            groups.put(new LinkedHashMap<>(), List.of());
        }
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        groups.forEach((key, group) -> {
            Map<String, @Nullable Object> out = new LinkedHashMap<>(key);
            aggregates.forEach((name, what) -> out.put(name, what.expression.on(new Row(key, group, 0, true))));
            rows.add(out);
        });
        Set<String> names = new LinkedHashSet<>(keys.keySet());
        names.addAll(aggregates.keySet());
        return Table.of(List.copyOf(names), rows);
    }

    private Table expanded(Table in) {
        Map<String, Named> named = named("Column");
        if (is("to")) {
            at += 2;
            expect("(");
            at++;
            expect(")");
        }
        Set<String> names = new LinkedHashSet<>(in.columns);
        names.addAll(named.keySet());
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < in.rows.size(); i++) {
            Row row = new Row(in.rows.get(i), in.rows, i, false);
            Map<String, List<@Nullable Object>> parts = new LinkedHashMap<>();
            named.forEach((name, what) -> parts.put(name, elements(what.expression.on(row))));
            int most = parts.values().stream().mapToInt(List::size).max().orElse(0);
            for (int part = 0; part < most; part++) {
                Map<String, @Nullable Object> out = new LinkedHashMap<>(row.values);
                for (Map.Entry<String, List<@Nullable Object>> one : parts.entrySet()) {
                    out.put(
                            one.getKey(),
                            part < one.getValue().size() ? one.getValue().get(part) : null);
                }
                rows.add(out);
            }
        }
        return Table.of(List.copyOf(names), rows);
    }

    /** Nothing gives one row with nothing; an empty array or bag gives none. */
    private static List<@Nullable Object> elements(@Nullable Object value) {
        List<@Nullable Object> elements = new ArrayList<>();
        if (value instanceof JsonArray array) {
            array.forEach(e -> elements.add(e.isJsonNull() ? null : e));
        } else if (value instanceof JsonObject bag) {
            bag.entrySet().forEach(e -> {
                JsonObject one = new JsonObject();
                one.add(e.getKey(), e.getValue());
                elements.add(one);
            });
        } else {
            elements.add(value);
        }
        return elements;
    }

    private Table joined(Table left) {
        String kind = "innerunique";
        while (tokens.get(at).kind == 'n' && tokens.get(at + 1).text.equals("=")) {
            String option = take();
            at++;
            String value = take();
            kind = option.equals("kind") ? value : kind;
        }
        Table right = source();
        expect("on");
        List<String[]> on = new ArrayList<>();
        do {
            if (is("$left")) {
                at += 2;
                String mine = take();
                expect("==");
                at += 2;
                on.add(new String[] {mine, take()});
            } else {
                String both = take();
                on.add(new String[] {both, both});
            }
        } while (comma());
        Set<String> names = new LinkedHashSet<>(left.columns);
        boolean widens = !kind.startsWith("left") || kind.equals("leftouter");
        if (widens) {
            right.columns.forEach(c -> names.add(left.columns.contains(c) ? c + "1" : c));
        }
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (Map<String, @Nullable Object> row : left.rows) {
            List<Map<String, @Nullable Object>> matches = right.rows.stream()
                    .filter(r -> on.stream()
                            .allMatch(k ->
                                    row.get(k[0]) != null && Objects.equals(plain(row.get(k[0])), plain(r.get(k[1])))))
                    .toList();
            if (kind.equals("leftanti") ? matches.isEmpty() : kind.equals("leftsemi") && !matches.isEmpty()) {
                rows.add(row);
            } else if (widens) {
                List<Map<String, @Nullable Object>> with =
                        matches.isEmpty() && kind.equals("leftouter") ? List.of(Map.of()) : matches;
                for (Map<String, @Nullable Object> match : with) {
                    Map<String, @Nullable Object> out = new LinkedHashMap<>(row);
                    right.columns.forEach(c -> out.put(left.columns.contains(c) ? c + "1" : c, match.get(c)));
                    rows.add(out);
                }
            }
        }
        return Table.of(List.copyOf(names), rows);
    }

    private static Map<String, @Nullable Object> row(String name, @Nullable Object value) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put(name, value);
        return row;
    }

    // ---- scalar

    private Expression expression() {
        Expression left = conjunction();
        while (at < tokens.size() && is("or")) {
            at++;
            Expression mine = left;
            Expression right = conjunction();
            left = row -> {
                Object a = mine.on(row);
                Object b = Boolean.TRUE.equals(a) ? null : right.on(row);
                return Boolean.TRUE.equals(a) || Boolean.TRUE.equals(b)
                        ? Boolean.TRUE
                        : a == null || b == null ? null : false;
            };
        }
        return left;
    }

    private Expression conjunction() {
        Expression left = comparison();
        while (at < tokens.size() && is("and")) {
            at++;
            Expression mine = left;
            Expression right = comparison();
            left = row -> {
                Object a = mine.on(row);
                Object b = Boolean.FALSE.equals(a) ? Boolean.FALSE : right.on(row);
                return Boolean.FALSE.equals(a) || Boolean.FALSE.equals(b)
                        ? Boolean.FALSE
                        : a == null || b == null ? null : true;
            };
        }
        return left;
    }

    private Expression comparison() {
        Expression left = additive();
        if (at >= tokens.size()) {
            return left;
        }
        String sign = peek();
        switch (sign) {
            case "==", "!=", "<", ">", "<=", ">=", "=~", "!~" -> {
                at++;
                Expression right = additive();
                return row -> compared(sign, left.on(row), right.on(row));
            }
            case "in", "in~", "!in", "!in~" -> {
                at++;
                return among(left, sign);
            }
            case "between" -> {
                at++;
                expect("(");
                Expression low = additive();
                expect("..");
                Expression high = additive();
                expect(")");
                return row -> Boolean.TRUE.equals(compared(">=", left.on(row), low.on(row)))
                        && Boolean.TRUE.equals(compared("<=", left.on(row), high.on(row)));
            }
            case "matches" -> {
                at++;
                expect("regex");
                Expression right = additive();
                return row -> Pattern.compile(text(right.on(row)))
                        .matcher(text(left.on(row)))
                        .find();
            }
            case "has_any" -> {
                at++;
                expect("(");
                List<Expression> words = arguments();
                return row -> words.stream().anyMatch(w -> has(text(left.on(row)), text(w.on(row))));
            }
            case "has",
                    "!has",
                    "contains",
                    "!contains",
                    "startswith",
                    "!startswith",
                    "endswith",
                    "!endswith",
                    "contains_cs",
                    "startswith_cs",
                    "endswith_cs",
                    "has_cs",
                    "hasprefix" -> {
                at++;
                Expression right = additive();
                boolean not = sign.startsWith("!");
                String plain = not ? sign.substring(1) : sign;
                return row -> textual(plain, text(left.on(row)), text(right.on(row))) != not;
            }
            default -> {
                return left;
            }
        }
    }

    private Expression among(Expression left, String sign) {
        boolean caseless = sign.endsWith("~");
        boolean not = sign.startsWith("!");
        expect("(");
        Set<Object> fixed = new LinkedHashSet<>();
        List<Expression> values = new ArrayList<>();
        if (lets.get(peek()) instanceof Table table && tokens.get(at + 1).text.equals(")")) {
            at += 2;
            table.rows.forEach(r -> fixed.add(key(r.get(table.columns.get(0)), caseless)));
        } else {
            values.addAll(arguments());
        }
        return row -> {
            Object mine = key(left.on(row), caseless);
            boolean found = fixed.contains(mine);
            for (Expression value : values) {
                Object other = value.on(row);
                if (other instanceof JsonArray array) {
                    for (JsonElement element : array) {
                        found |= mine.equals(key(element, caseless));
                    }
                } else {
                    found |= mine.equals(key(other, caseless));
                }
            }
            return found != not;
        };
    }

    private static Object key(@Nullable Object value, boolean caseless) {
        Object plain = plain(value);
        if (plain instanceof String text && caseless) {
            return text.toLowerCase(Locale.ROOT);
        }
        return plain instanceof Number number ? number.doubleValue() : Objects.requireNonNullElse(plain, "");
    }

    private static boolean textual(String sign, String left, String right) {
        String a = sign.endsWith("_cs") ? left : left.toLowerCase(Locale.ROOT);
        String b = sign.endsWith("_cs") ? right : right.toLowerCase(Locale.ROOT);
        return switch (sign.replace("_cs", "")) {
            case "contains" -> a.contains(b);
            case "startswith" -> a.startsWith(b);
            case "endswith" -> a.endsWith(b);
            default -> has(a, b);
        };
    }

    private static boolean has(String text, String word) {
        return Pattern.compile("(?i)(?<![A-Za-z0-9])" + Pattern.quote(word) + "(?![A-Za-z0-9])")
                .matcher(text)
                .find();
    }

    private static @Nullable Object compared(String sign, @Nullable Object a, @Nullable Object b) {
        Object left = plain(a);
        Object right = plain(b);
        if (sign.equals("=~") || sign.equals("!~")) {
            return text(left).equalsIgnoreCase(text(right)) == sign.equals("=~");
        }
        if (left == null || right == null) {
            return sign.equals("!=") ? left != right : null;
        }
        int order = compare(left, right);
        return switch (sign) {
            case "==" -> order == 0;
            case "!=" -> order != 0;
            case "<" -> order < 0;
            case ">" -> order > 0;
            case "<=" -> order <= 0;
            default -> order >= 0;
        };
    }

    private static int compare(Object a, Object b) {
        Object left = Objects.requireNonNullElse(plain(a), "");
        Object right = Objects.requireNonNullElse(plain(b), "");
        if (left instanceof Number x && right instanceof Number y) {
            return Double.compare(x.doubleValue(), y.doubleValue());
        }
        if (left instanceof Instant x && right instanceof Instant y) {
            return x.compareTo(y);
        }
        if (left instanceof Duration x && right instanceof Duration y) {
            return x.compareTo(y);
        }
        if (left instanceof Boolean x && right instanceof Boolean y) {
            return x.compareTo(y);
        }
        if (left instanceof String x && right instanceof String y) {
            return x.compareTo(y);
        }
        if (a instanceof JsonElement || b instanceof JsonElement) {
            return text(left).compareTo(text(right));
        }
        throw new Refused(
                "SEM0064",
                "Cannot compare values of types " + type(left) + " and " + type(right) + ". Try adding explicit casts");
    }

    private Expression additive() {
        Expression left = multiplicative();
        while (at < tokens.size() && (is("+") || is("-"))) {
            String sign = take();
            Expression mine = left;
            Expression right = multiplicative();
            left = row -> arithmetic(sign, mine.on(row), right.on(row));
        }
        return left;
    }

    private Expression multiplicative() {
        Expression left = unary();
        while (at < tokens.size() && (is("*") || is("/") || is("%"))) {
            String sign = take();
            Expression mine = left;
            Expression right = unary();
            left = row -> arithmetic(sign, mine.on(row), right.on(row));
        }
        return left;
    }

    private static @Nullable Object arithmetic(String sign, @Nullable Object a, @Nullable Object b) {
        Object left = plain(a);
        Object right = plain(b);
        if (left == null || right == null) {
            return null;
        }
        if (left instanceof Instant time && right instanceof Duration span) {
            return sign.equals("+") ? time.plus(span) : time.minus(span);
        }
        if (left instanceof Instant time && right instanceof Instant other) {
            return Duration.between(other, time);
        }
        if (left instanceof Duration x && right instanceof Duration y) {
            return switch (sign) {
                case "+" -> x.plus(y);
                case "-" -> x.minus(y);
                default -> (Object) ((double) x.toNanos() / y.toNanos());
            };
        }
        if (left instanceof Duration span && right instanceof Number number) {
            return sign.equals("*")
                    ? Duration.ofNanos((long) (span.toNanos() * number.doubleValue()))
                    : Duration.ofNanos((long) (span.toNanos() / number.doubleValue()));
        }
        if (left instanceof Long x && right instanceof Long y) {
            return switch (sign) {
                case "+" -> (Object) (x + y);
                case "-" -> x - y;
                case "*" -> x * y;
                case "/" -> y == 0 ? null : x / y;
                default -> y == 0 ? null : Math.floorMod(x, y);
            };
        }
        if (left instanceof Number x && right instanceof Number y) {
            double p = x.doubleValue();
            double q = y.doubleValue();
            return switch (sign) {
                case "+" -> p + q;
                case "-" -> p - q;
                case "*" -> p * q;
                case "/" -> p / q;
                default -> p % q;
            };
        }
        throw new Refused(
                "SEM0064", "Operator '" + sign + "' cannot be applied to " + type(left) + " and " + type(right));
    }

    private Expression unary() {
        if (is("-")) {
            at++;
            Expression of = unary();
            return row -> arithmetic("-", 0L, of.on(row));
        }
        Expression value = primary();
        while (at < tokens.size() && (is(".") || is("["))) {
            Expression of = value;
            if (take().equals(".")) {
                String name = take();
                value = row -> member(of.on(row), name);
            } else {
                Expression index = expression();
                expect("]");
                value = row -> member(of.on(row), index.on(row));
            }
        }
        return value;
    }

    private static @Nullable Object member(@Nullable Object of, @Nullable Object name) {
        JsonElement found = null;
        if (of instanceof JsonObject bag && name != null) {
            found = bag.get(text(name));
        } else if (of instanceof JsonArray array && name instanceof Long index) {
            int place = (int) (index < 0 ? array.size() + index : index);
            found = place >= 0 && place < array.size() ? array.get(place) : null;
        }
        return found == null || found.isJsonNull() ? null : found;
    }

    private Expression primary() {
        if (at >= tokens.size()) {
            throw syntax();
        }
        Token token = tokens.get(at++);
        switch (token.kind) {
            case 'n' -> {
                return reference(token.text);
            }
            case 't', 'v' -> {
                String value = literal(token);
                return row -> value;
            }
            case 's' -> {
                if (token.text.equals("(")) {
                    Expression inner = expression();
                    expect(")");
                    return inner;
                }
                at--;
                throw syntax();
            }
            case 'p' -> {
                Object span = span(token.text);
                return row -> span;
            }
            default -> {
                Object number =
                        token.text.matches("\\d+") ? (Object) Long.valueOf(token.text) : Double.valueOf(token.text);
                return row -> number;
            }
        }
    }

    private Expression reference(String name) {
        if (at < tokens.size() && is("(") && !columns.contains(name)) {
            at++;
            return call(name);
        }
        if (name.equals("true") || name.equals("false")) {
            return row -> name.equals("true");
        }
        if (columns.contains(name)) {
            return row -> row.values.get(name);
        }
        if (lets.containsKey(name) && !(lets.get(name) instanceof Table)) {
            Object value = lets.get(name);
            return row -> value instanceof JsonNull ? null : value;
        }
        throw unresolved(name);
    }

    private Refused unresolved(String name) {
        return new Refused(
                "SEM0100", "'" + operator + "' operator: Failed to resolve scalar expression named '" + name + "'");
    }

    private List<Expression> arguments() {
        List<Expression> arguments = new ArrayList<>();
        if (is(")")) {
            at++;
            return arguments;
        }
        do {
            if (is("*")) {
                at++;
                arguments.add(row -> "*");
            } else {
                arguments.add(expression());
            }
        } while (comma());
        expect(")");
        return arguments;
    }

    private Expression call(String name) {
        if (name.equals("dynamic")
                || Set.of("datetime", "real", "int", "long", "bool", "timespan", "guid", "decimal")
                                .contains(name)
                        && !(tokens.get(at).kind == 'n' && columns.contains(peek()))) {
            return typed(name);
        }
        if (name.equals("toscalar")) {
            List<String> outer = columns;
            String mine = operator;
            boolean order = serialized;
            Table table = pipe();
            columns = outer;
            operator = mine;
            serialized = order;
            expect(")");
            Object value = table.rows.isEmpty() ? null : table.rows.get(0).get(table.columns.get(0));
            return row -> value;
        }
        if (name.equals("column_ifexists")) {
            String column = literal(tokens.get(at++));
            expect(",");
            Expression otherwise = expression();
            expect(")");
            return columns.contains(column) ? row -> row.values.get(column) : otherwise;
        }
        List<Expression> arguments = arguments();
        if (operator.equals("summarize") && AGGREGATES.contains(name)) {
            return row -> row.grouped ? aggregate(name, arguments, row) : scalar(name, arguments, row);
        }
        if (Set.of("row_number", "prev", "next", "row_cumsum").contains(name) && !serialized) {
            throw new Refused("SEM0018", "Function '" + name + "' cannot be invoked. The row set must be serialized.");
        }
        if (name.equals("row_number")) {
            long[] count = {0};
            return row -> {
                long first = arguments.isEmpty()
                        ? 1
                        : (Long) Objects.requireNonNull(arguments.get(0).on(row));
                boolean restart = row.at == 0
                        || arguments.size() > 1
                                && Boolean.TRUE.equals(arguments.get(1).on(row));
                count[0] = restart ? first : count[0] + 1;
                return count[0];
            };
        }
        if (!KNOWN.contains(name)) {
            throw new Refused("SEM0260", "Unknown function: '" + name + "'.");
        }
        return row -> scalar(name, arguments, row);
    }

    private Expression typed(String name) {
        StringBuilder raw = new StringBuilder();
        if (name.equals("dynamic")) {
            int depth = 0;
            while (depth > 0 || !is(")")) {
                Token token = tokens.get(at++);
                depth += Set.of("(", "[", "{").contains(token.text)
                        ? 1
                        : Set.of(")", "]", "}").contains(token.text) ? -1 : 0;
                raw.append(
                        token.kind == 't' || token.kind == 'v'
                                ? new JsonPrimitive(literal(token)).toString()
                                : token.text);
            }
            expect(")");
            JsonElement value = JsonParser.parseString(raw.toString());
            return row -> value.isJsonNull() ? null : value;
        }
        while (!is(")")) {
            Token token = tokens.get(at++);
            raw.append(token.kind == 't' ? literal(token) : token.text);
        }
        expect(")");
        Object value = raw.toString().equals("null") ? null : converted(name, raw.toString());
        return row -> value;
    }

    private @Nullable Object converted(String type, @Nullable Object value) {
        Object plain = plain(value);
        if (plain == null) {
            return null;
        }
        String text = text(plain);
        try {
            return switch (type) {
                case "int", "long" -> plain instanceof Number n ? (Object) n.longValue() : Long.valueOf(text.trim());
                case "real", "decimal", "double" ->
                    plain instanceof Number n ? (Object) n.doubleValue() : Double.valueOf(text.trim());
                case "bool" ->
                    plain instanceof Boolean
                            ? plain
                            : plain instanceof Number n ? n.intValue() != 0 : Boolean.valueOf(text);
                case "datetime" ->
                    plain instanceof Instant
                            ? plain
                            : OffsetDateTime.parse(text).toInstant();
                case "timespan" -> plain instanceof Duration ? plain : span(text);
                default -> text;
            };
        } catch (RuntimeException e) {
            return null;
        }
    }

    private static final Set<String> KNOWN = Set.of(
            "iff",
            "iif",
            "case",
            "coalesce",
            "isempty",
            "isnotempty",
            "isnull",
            "isnotnull",
            "not",
            "tostring",
            "toint",
            "tolong",
            "todouble",
            "toreal",
            "todatetime",
            "totimespan",
            "tobool",
            "tolower",
            "toupper",
            "split",
            "strcat",
            "substring",
            "strlen",
            "replace_regex",
            "replace_string",
            "extract",
            "trim",
            "parse_json",
            "todynamic",
            "bin",
            "floor",
            "round",
            "abs",
            "max_of",
            "min_of",
            "array_length",
            "now",
            "ago",
            "prev",
            "next",
            "array_concat",
            "pack_array",
            "bag_keys",
            "indexof",
            "isnan",
            "set_has_element",
            "gettype",
            "ingestion_time",
            "countof");

    private @Nullable Object scalar(String name, List<Expression> arguments, Row row) {
        int count = arguments.size();
        Expression first = count > 0 ? arguments.get(0) : r -> null;
        Expression second = count > 1 ? arguments.get(1) : r -> null;
        Expression third = count > 2 ? arguments.get(2) : r -> null;
        switch (name) {
            case "iff", "iif" -> {
                return Boolean.TRUE.equals(first.on(row)) ? second.on(row) : third.on(row);
            }
            case "case" -> {
                for (int i = 0; i + 1 < count; i += 2) {
                    if (Boolean.TRUE.equals(arguments.get(i).on(row))) {
                        return arguments.get(i + 1).on(row);
                    }
                }
                return arguments.get(count - 1).on(row);
            }
            case "coalesce" -> {
                Object value = null;
                for (Expression argument : arguments) {
                    value = argument.on(row);
                    if (value != null && !value.equals("")) {
                        return value;
                    }
                }
                return value;
            }
            case "prev", "next" -> {
                int place = row.at + (name.equals("prev") ? -1 : 1);
                return place < 0 || place >= row.among.size()
                        ? null
                        : first.on(new Row(row.among.get(place), row.among, place, false));
            }
            default -> {
                return simple(name, first.on(row), second.on(row), third.on(row), arguments, row);
            }
        }
    }

    private @Nullable Object simple(
            String name,
            @Nullable Object a,
            @Nullable Object b,
            @Nullable Object c,
            List<Expression> arguments,
            Row row) {
        return switch (name) {
            case "isempty" -> text(a).isEmpty();
            case "isnotempty" -> !text(a).isEmpty();
            case "isnull" -> a == null;
            case "isnotnull" -> a != null;
            case "isnan" -> a instanceof Double d && d.isNaN();
            case "not" -> plain(a) instanceof Boolean yes ? !yes : null;
            case "tostring" -> text(a);
            case "toint", "tolong" -> converted("long", a);
            case "todouble", "toreal" -> converted("real", a);
            case "todatetime" -> converted("datetime", a);
            case "totimespan" -> converted("timespan", a);
            case "tobool" -> converted("bool", a);
            case "tolower" -> text(a).toLowerCase(Locale.ROOT);
            case "toupper" -> text(a).toUpperCase(Locale.ROOT);
            case "strlen" -> (long) text(a).length();
            case "gettype" -> type(a);
            case "indexof" -> (long) text(a).indexOf(text(b));
            case "split" -> {
                JsonArray parts = new JsonArray();
                for (String part : text(a).split(Pattern.quote(text(b)), -1)) {
                    parts.add(part);
                }
                yield arguments.size() > 2 ? member(parts, c) : parts;
            }
            case "strcat" -> {
                StringBuilder all = new StringBuilder();
                arguments.forEach(x -> all.append(text(x.on(row))));
                yield all.toString();
            }
            case "substring" -> {
                String text = text(a);
                int start = (int) Math.min(text.length(), (Long) Objects.requireNonNull(b));
                int end = c instanceof Long length ? (int) Math.min(text.length(), start + length) : text.length();
                yield text.substring(start, end);
            }
            case "replace_regex" ->
                Pattern.compile(text(b))
                        .matcher(text(a))
                        .replaceAll(Matcher.quoteReplacement(text(c)).replaceAll("\\\\\\\\(\\d)", "\\$$1"));
            case "replace_string" -> text(a).replace(text(b), text(c));
            case "extract" -> {
                Matcher matcher = Pattern.compile(text(a)).matcher(text(c));
                yield matcher.find()
                        ? Objects.requireNonNullElse(matcher.group(((Long) Objects.requireNonNull(b)).intValue()), "")
                        : "";
            }
            case "trim" -> text(b).replaceAll("^(?:" + text(a) + ")+", "").replaceAll("(?:" + text(a) + ")+$", "");
            case "parse_json", "todynamic" -> a instanceof JsonElement ? a : parsed(text(a));
            case "bin", "floor" -> binned(plain(a), plain(b));
            case "round" ->
                plain(a) instanceof Number n
                        ? Math.round(n.doubleValue() * Math.pow(10, b instanceof Long d ? d : 0))
                                / Math.pow(10, b instanceof Long e ? e : 0)
                        : null;
            case "abs" ->
                plain(a) instanceof Long n ? (Object) Math.abs(n) : plain(a) instanceof Double d ? Math.abs(d) : null;
            case "max_of", "min_of" ->
                arguments.stream()
                        .map(x -> x.on(row))
                        .filter(Objects::nonNull)
                        .reduce((x, y) -> compare(x, y) >= 0 == name.equals("max_of") ? x : y)
                        .orElse(null);
            case "array_length" -> a instanceof JsonArray array ? (long) array.size() : null;
            case "now", "ingestion_time" -> now;
            case "ago" -> now.minus((Duration) Objects.requireNonNull(a));
            case "array_concat", "pack_array" -> {
                JsonArray all = new JsonArray();
                for (Expression argument : arguments) {
                    Object value = argument.on(row);
                    if (value instanceof JsonArray array && name.equals("array_concat")) {
                        all.addAll(array);
                    } else {
                        all.add(json(value));
                    }
                }
                yield all;
            }
            case "bag_keys" -> {
                JsonArray keys = new JsonArray();
                if (a instanceof JsonObject bag) {
                    bag.keySet().forEach(keys::add);
                }
                yield keys;
            }
            case "set_has_element" -> a instanceof JsonArray array && array.contains(json(b));
            default -> throw new Refused("SEM0260", "Unknown function: '" + name + "'.");
        };
    }

    private static @Nullable Object parsed(String text) {
        try {
            return JsonParser.parseString(text);
        } catch (RuntimeException e) {
            return new JsonPrimitive(text);
        }
    }

    private static @Nullable Object binned(@Nullable Object value, @Nullable Object size) {
        if (value instanceof Instant time && size instanceof Duration span) {
            return Instant.ofEpochMilli(Math.floorDiv(time.toEpochMilli(), span.toMillis()) * span.toMillis());
        }
        if (value instanceof Long number && size instanceof Long by) {
            return Math.floorDiv(number, by) * by;
        }
        if (value instanceof Number number && size instanceof Number by) {
            return Math.floor(number.doubleValue() / by.doubleValue()) * by.doubleValue();
        }
        return null;
    }

    private @Nullable Object aggregate(String name, List<Expression> arguments, Row group) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < group.among.size(); i++) {
            rows.add(new Row(group.among.get(i), group.among, i, false));
        }
        Expression first = arguments.isEmpty() ? row -> null : arguments.get(0);
        int condition = name.endsWith("if") ? arguments.size() - 1 : -1;
        if (condition >= 0) {
            rows.removeIf(row -> !Boolean.TRUE.equals(arguments.get(condition).on(row)));
        }
        List<Object> values = rows.stream()
                .map(first::on)
                .map(KustoEngine::plain)
                .filter(Objects::nonNull)
                .toList();
        return switch (name) {
            case "count", "countif" -> (long) rows.size();
            case "sum", "sumif" ->
                values.stream()
                        .reduce((x, y) -> Objects.requireNonNull(arithmetic("+", x, y)))
                        .orElse(0L);
            case "avg" ->
                values.isEmpty()
                        ? null
                        : values.stream()
                                .mapToDouble(v -> ((Number) v).doubleValue())
                                .average()
                                .orElseThrow();
            case "min", "minif" -> values.stream().min(KustoEngine::compare).orElse(null);
            case "max", "maxif" -> values.stream().max(KustoEngine::compare).orElse(null);
            case "dcount", "count_distinct", "dcountif" ->
                values.stream().distinct().count();
            case "take_any", "any" -> values.isEmpty() ? null : values.get(0);
            case "percentile" -> weighted(rows, first, row -> 1L, percent(arguments, 1));
            case "percentilew" -> weighted(rows, first, arguments.get(1), percent(arguments, 2));
            case "make_set", "make_list" -> {
                JsonArray all = new JsonArray();
                long most = arguments.size() > 1
                        ? (Long) Objects.requireNonNull(arguments.get(1).on(nothing()))
                        : 1_048_576;
                values.stream()
                        .map(KustoEngine::json)
                        .filter(v -> name.equals("make_list") || !all.contains(v))
                        .forEach(v -> {
                            if (all.size() < most && (name.equals("make_list") || !all.contains(v))) {
                                all.add(v);
                            }
                        });
                yield all;
            }
            default ->
                rows.stream()
                        .filter(r -> first.on(r) != null)
                        .max((x, y) -> (name.equals("arg_max") ? 1 : -1)
                                * compare(Objects.requireNonNull(first.on(x)), Objects.requireNonNull(first.on(y))))
                        .map(arguments.get(1)::on)
                        .orElse(null);
        };
    }

    private static double percent(List<Expression> arguments, int place) {
        return ((Number) Objects.requireNonNull(arguments.get(place).on(nothing()))).doubleValue();
    }

    private static @Nullable Object weighted(List<Row> rows, Expression value, Expression weight, double percent) {
        List<Row> known = new ArrayList<>(rows);
        known.removeIf(row -> plain(value.on(row)) == null);
        known.sort((x, y) -> compare(Objects.requireNonNull(value.on(x)), Objects.requireNonNull(value.on(y))));
        double all = 0;
        for (Row row : known) {
            all += ((Number) Objects.requireNonNull(weight.on(row))).doubleValue();
        }
        double sum = 0;
        for (Row row : known) {
            sum += ((Number) Objects.requireNonNull(weight.on(row))).doubleValue();
            if (sum >= all * percent / 100 - 1e-9) {
                return plain(value.on(row));
            }
        }
        return null;
    }

    // ---- values

    /** A dynamic value that holds a simple one is that one. */
    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof JsonPrimitive primitive) {
            if (primitive.isBoolean()) {
                return primitive.getAsBoolean();
            }
            if (primitive.isNumber()) {
                return primitive.getAsString().matches("-?\\d+")
                        ? (Object) primitive.getAsLong()
                        : primitive.getAsDouble();
            }
            return primitive.getAsString();
        }
        return value instanceof JsonNull ? null : value;
    }

    static String text(@Nullable Object value) {
        Object plain = plain(value);
        if (plain == null) {
            return "";
        }
        if (plain instanceof Double d && d == Math.rint(d) && !d.isInfinite() && Math.abs(d) < 1e15) {
            return Long.toString(d.longValue());
        }
        return plain.toString();
    }

    static JsonElement json(@Nullable Object value) {
        if (value == null) {
            return JsonNull.INSTANCE;
        }
        if (value instanceof JsonElement element) {
            return element;
        }
        if (value instanceof Double d && (d.isNaN() || d.isInfinite())) {
            return new JsonPrimitive(d.toString());
        }
        if (value instanceof Number number) {
            return new JsonPrimitive(number);
        }
        return value instanceof Boolean bool ? new JsonPrimitive(bool) : new JsonPrimitive(value.toString());
    }

    static String type(@Nullable Object value) {
        if (value instanceof Long) {
            return "long";
        }
        if (value instanceof Double) {
            return "real";
        }
        if (value instanceof Boolean) {
            return "bool";
        }
        if (value instanceof Instant) {
            return "datetime";
        }
        if (value instanceof Duration) {
            return "timespan";
        }
        return value instanceof JsonElement ? "dynamic" : "string";
    }

    private static @Nullable Duration span(String text) {
        Matcher matcher = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|d|h|m|s)").matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        double unit = switch (matcher.group(2)) {
            case "ms" -> 1;
            case "s" -> 1_000;
            case "m" -> 60_000;
            case "h" -> 3_600_000;
            default -> 86_400_000;
        };
        return Duration.ofMillis((long) (Double.parseDouble(matcher.group(1)) * unit));
    }

    private static String literal(Token token) {
        String raw = token.text.replaceFirst("^[hH]?@?", "");
        char quote = raw.charAt(0);
        String inner = raw.substring(1, raw.length() - 1);
        if (token.kind == 'v') {
            return inner.replace("" + quote + quote, "" + quote);
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < inner.length(); i++) {
            char c = inner.charAt(i);
            if (c == '\\' && i + 1 < inner.length()) {
                char next = inner.charAt(++i);
                out.append(next == 'n' ? '\n' : next == 't' ? '\t' : next == 'r' ? '\r' : next);
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    // ---- tokens

    private String peek() {
        return at < tokens.size() ? tokens.get(at).text : "";
    }

    private boolean is(String text) {
        return at < tokens.size()
                && tokens.get(at).text.equals(text)
                && tokens.get(at).kind != 't'
                && tokens.get(at).kind != 'v';
    }

    private String take() {
        if (at >= tokens.size()) {
            throw syntax();
        }
        return tokens.get(at++).text;
    }

    private boolean comma() {
        if (at < tokens.size() && is(",")) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(String text) {
        if (!is(text)) {
            throw syntax();
        }
        at++;
    }

    private Refused syntax() {
        return new Refused("SYN0002", "Query could not be parsed at '" + peek() + "'");
    }
}
