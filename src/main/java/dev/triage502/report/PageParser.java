package dev.triage502.report;

import dev.triage502.report.CausePage.Condition;
import dev.triage502.report.CausePage.Confusable;
import dev.triage502.report.CausePage.Fix;
import dev.triage502.report.CausePage.Sign;
import dev.triage502.report.CausePage.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads a page as {@code docs/pages.md} says it is written, and refuses one that is not. */
final class PageParser {

    static final String LOOKS_LIKE = "What it looks like";
    static final String HOW_WE_TELL = "How we tell";
    static final String WHAT_TO_DO = "What to do";
    static final String HOW_TO_SEE = "How to see that it worked";
    static final String CONFUSED = "Not to be confused with";
    static final String SOURCES = "Sources";
    static final List<String> PARTS = List.of(LOOKS_LIKE, HOW_WE_TELL, WHAT_TO_DO, HOW_TO_SEE, CONFUSED, SOURCES);

    private static final Pattern HEADLINE = Pattern.compile("<!-- headline: (.+?) -->");
    private static final Pattern STEP = Pattern.compile("(\\d+)\\. \\[([a-z]+)] (.+)");
    private static final Pattern CONDITION = Pattern.compile("\\{([a-z][a-z0-9-]*)}(?: = (\\S+))?");
    private static final Pattern LINK = Pattern.compile("https://[^\\s<>)\\]]+");

    private static final Pattern CONFUSABLE = Pattern.compile("\\[([a-z0-9-]+)]\\([a-z0-9-]+\\.md\\):? (.+)");

    private final String id;
    private final Map<String, List<String>> parts = new LinkedHashMap<>();
    private final List<String> head = new ArrayList<>();

    private PageParser(String id) {
        this.id = id;
    }

    static CausePage parse(String id, String text) {
        PageParser parser = new PageParser(id);
        parser.split(text);
        return parser.page();
    }

    private void split(String text) {
        List<String> current = head;
        boolean fenced = false;
        for (String line : text.lines().toList()) {
            fenced ^= line.strip().startsWith("```");
            if (!fenced && line.startsWith("## ")) {
                current = new ArrayList<>();
                parts.put(line.substring(3).strip(), current);
            } else {
                current.add(line);
            }
        }
        if (!List.copyOf(parts.keySet()).equals(PARTS)) {
            throw wrong("its parts are " + parts.keySet() + "; they have to be " + PARTS);
        }
    }

    private CausePage page() {
        String first = head.isEmpty() ? "" : head.get(0);
        if (!first.startsWith("# ")) {
            throw wrong("the first line is \"" + first + "\"; it has to be the title, \"# …\"");
        }
        List<String> rest = head.subList(1, head.size());
        String summary = flow(
                rest.stream().filter(line -> !HEADLINE.matcher(line).matches()).toList());
        if (summary.isEmpty()) {
            throw wrong("no summary between the title and the first part; one sentence has to stand there");
        }
        Block verify = Block.of(this, part(HOW_TO_SEE));
        return CausePage.builder()
                .id(id)
                .title(first.substring(2).strip())
                .headlines(rest.stream()
                        .map(HEADLINE::matcher)
                        .filter(Matcher::matches)
                        .map(m -> m.group(1))
                        .toList())
                .summary(summary)
                .looksLike(paragraphs(part(LOOKS_LIKE)))
                .signs(signs())
                .fixes(fixes())
                .steps(steps())
                .verify(verify.text)
                .verifyCommand(verify.command)
                .confusable(confusable())
                .links(part(SOURCES).stream()
                        .flatMap(line -> LINK.matcher(line).results())
                        .map(r -> r.group())
                        .toList())
                .build();
    }

    private static List<String> paragraphs(List<String> lines) {
        List<String> paragraphs = new ArrayList<>();
        List<String> paragraph = new ArrayList<>();
        for (String line : lines) {
            if (line.isBlank() && !paragraph.isEmpty()) {
                paragraphs.add(flow(paragraph));
                paragraph.clear();
            } else {
                paragraph.add(line);
            }
        }
        if (!flow(paragraph).isEmpty()) {
            paragraphs.add(flow(paragraph));
        }
        return paragraphs;
    }

    private List<Confusable> confusable() {
        List<Confusable> all = new ArrayList<>();
        for (String item : flow(part(CONFUSED)).split("(?:^|\\s)- (?=\\[)")) {
            Matcher link = CONFUSABLE.matcher(item);
            if (link.matches()) {
                all.add(new Confusable(link.group(1), link.group(2)));
            }
        }
        return all;
    }

    private List<Sign> signs() {
        return rows(HOW_WE_TELL, List.of("source", "what shows it", "weight")).stream()
                .map(cells -> new Sign(cells.get(0), cells.get(1), cells.get(2)))
                .toList();
    }

    private List<Fix> fixes() {
        return rows(WHAT_TO_DO, List.of("evidence", "fix")).stream()
                .map(cells -> new Fix(cells.get(0), cells.get(1)))
                .toList();
    }

    /** The cells of a part's table, row by row, without the row that names the columns. */
    private List<List<String>> rows(String part, List<String> columns) {
        List<List<String>> rows = new ArrayList<>();
        for (String line : part(part)) {
            if (!line.startsWith("|") || line.startsWith("|-") || line.startsWith("| " + columns.get(0) + " ")) {
                continue;
            }
            List<String> cells = Stream.of(
                            line.strip().replaceAll("^\\||\\|$", "").split("(?<!\\\\)\\|", -1))
                    .map(cell -> cell.strip().replace("\\|", "|"))
                    .toList();
            if (cells.size() != columns.size()) {
                throw wrong("the table row \"" + line + "\" has " + cells.size() + " cells; it has " + columns.size()
                        + ": " + String.join(", ", columns));
            }
            rows.add(cells);
        }
        return rows;
    }

    private List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        List<String> item = new ArrayList<>();
        for (String line : part(WHAT_TO_DO)) {
            if (line.startsWith("|")) {
                continue; // the table of fixes, which stands before the steps
            }
            if (Character.isDigit(line.isEmpty() ? ' ' : line.charAt(0)) && !item.isEmpty()) {
                steps.add(step(item));
                item.clear();
            }
            if (!line.isBlank() || !item.isEmpty()) {
                item.add(line);
            }
        }
        if (!item.isEmpty()) {
            steps.add(step(item));
        }
        return steps;
    }

    private Step step(List<String> item) {
        Matcher first = STEP.matcher(item.get(0));
        Optional<StepEffect> effect = first.matches() ? StepEffect.of(first.group(2)) : Optional.empty();
        if (effect.isEmpty()) {
            throw wrong("\"" + item.get(0) + "\" is no step; one begins \"1. [" + StepEffect.words() + "] Text\"");
        }
        List<String> lines = new ArrayList<>(item);
        lines.set(0, "   " + first.group(3));
        Block block = Block.of(this, lines);
        return new Step(effect.get(), block.text, block.command, block.undo, block.onlyIf, block.notIf);
    }

    private List<String> part(String name) {
        return parts.getOrDefault(name, List.of());
    }

    private MalformedPage wrong(String problem) {
        return new MalformedPage(id, problem);
    }

    /** Wrapped lines as one; a Markdown reader sees them so. */
    private static String flow(List<String> lines) {
        return String.join(
                " ", lines.stream().map(String::strip).filter(l -> !l.isEmpty()).toList());
    }

    /** A step's or a part's lines taken apart: the text, the fenced command, and the lines with a word of their own. */
    private static final class Block {
        private String text = "";
        private String command = "";
        private String undo = "";
        private final List<Condition> onlyIf = new ArrayList<>();
        private final List<Condition> notIf = new ArrayList<>();

        static Block of(PageParser page, List<String> lines) {
            Block block = new Block();
            List<String> prose = new ArrayList<>();
            List<String> undo = new ArrayList<>();
            List<String> fence = new ArrayList<>();
            List<String> current = prose;
            boolean fenced = false;
            for (String line : lines) {
                String bare = line.strip();
                if (bare.startsWith("```")) {
                    if (!fenced && !fence.isEmpty()) {
                        throw page.wrong(
                                "\"" + flow(prose) + "\" has two fenced commands; one is allowed, make two steps");
                    }
                    fenced = !fenced;
                    current = prose;
                } else if (fenced) {
                    fence.add(line.startsWith("   ") ? line.substring(3) : line);
                } else if (bare.startsWith("Only if: ")) {
                    block.onlyIf.add(condition(page, bare.substring("Only if: ".length())));
                } else if (bare.startsWith("Not if: ")) {
                    block.notIf.add(condition(page, bare.substring("Not if: ".length())));
                } else if (bare.startsWith("Undo: ")) {
                    undo.add(bare.substring("Undo: ".length()));
                    current = undo;
                } else {
                    current.add(line);
                }
            }
            block.text = flow(prose);
            block.undo = flow(undo);
            block.command = String.join("\n", fence).strip();
            return block;
        }

        private static Condition condition(PageParser page, String text) {
            Matcher matcher = CONDITION.matcher(text.strip());
            if (!matcher.matches()) {
                throw page.wrong("\"" + text + "\" is no condition; it is \"{name}\" or \"{name} = value\"");
            }
            return new Condition(matcher.group(1), matcher.group(2) == null ? "" : matcher.group(2));
        }
    }
}
