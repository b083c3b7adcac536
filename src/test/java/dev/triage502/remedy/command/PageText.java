package dev.triage502.remedy.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One step of a page, or one of its parts, read as a text and not by the page's own reader.
 *
 * @param where    the page and the step
 * @param prose    what it says outside of commands
 * @param commands the fenced commands and those between backticks
 */
record PageText(String where, String prose, List<String> commands) {

    private static final List<Path> PAGES =
            List.of(Path.of("src/main/resources/causes"), Path.of("src/main/resources/sources"));
    private static final Pattern STEP = Pattern.compile("(\\d+)\\. .*");
    private static final Pattern INLINE = Pattern.compile("`(az [^`]+)`");
    private static final Pattern OPTIONS = Pattern.compile("\\{[a-z0-9-]+-(?:before|options)} ?");
    private static final Pattern NAME = Pattern.compile("\\{([a-z][a-z0-9-]*)}");

    /** Each step and part of each page that prints an az command. */
    static List<PageText> all() {
        List<PageText> all = new ArrayList<>();
        for (Path folder : PAGES) {
            try (Stream<Path> pages = Files.list(folder)) {
                for (Path page : pages.filter(each -> each.toString().endsWith(".md"))
                        .sorted()
                        .toList()) {
                    all.addAll(of(folder.getFileName() + "/" + page.getFileName(), Files.readAllLines(page)));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return all;
    }

    private static List<PageText> of(String page, List<String> lines) {
        List<PageText> found = new ArrayList<>();
        String part = "";
        String where = page;
        List<String> block = new ArrayList<>();
        for (String line : lines) {
            Matcher step = STEP.matcher(line);
            boolean heading = line.startsWith("## ");
            if (heading || step.matches()) {
                add(found, where, block);
                part = heading ? line.substring(3) : part;
                where = page + ", " + (heading ? part : "step " + step.group(1));
            }
            block.add(line);
        }
        add(found, where, block);
        return found;
    }

    private static void add(List<PageText> found, String where, List<String> block) {
        StringBuilder prose = new StringBuilder();
        StringBuilder fenced = new StringBuilder();
        List<String> commands = new ArrayList<>();
        boolean inside = false;
        for (String line : block) {
            if (line.strip().startsWith("```")) {
                inside = !inside;
                if (!inside && fenced.length() > 0) {
                    commands.add(named(fenced.toString()));
                    fenced.setLength(0);
                }
            } else if (inside) {
                fenced.append(line).append('\n');
            } else {
                prose.append(line.strip()).append(' ');
            }
        }
        INLINE.matcher(prose).results().map(each -> named(each.group(1))).forEach(commands::add);
        block.clear();
        if (commands.stream().anyMatch(each -> each.contains("az "))) {
            found.add(new PageText(where, INLINE.matcher(prose).replaceAll(""), commands));
        }
    }

    /** What stands for options (docs/pages.md) is checked where it is filled in; any other {@code {name}} is what a person would have to fill in where nothing is known. */
    private static String named(String template) {
        return NAME.matcher(OPTIONS.matcher(template).replaceAll("")).replaceAll("<$1>");
    }
}
