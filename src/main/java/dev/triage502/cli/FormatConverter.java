package dev.triage502.cli;

import dev.triage502.deliver.Channels;
import dev.triage502.deliver.ReportNotice;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** In which form to print, for options. */
final class FormatConverter implements ITypeConverter<ReportFormat> {

    private static final Map<String, Function<ReportNotice, String>> CHANNELS = new TreeMap<>(Channels.previews());

    @Override
    public ReportFormat convert(String text) {
        String name = text.toLowerCase(Locale.ROOT);
        return switch (name) {
            case "text" -> OutputFormat.TEXT;
            case "json" -> OutputFormat.JSON;
            case "markdown" -> OutputFormat.MARKDOWN;
            case "html" -> OutputFormat.HTML;
            default -> ofChannel(text, name);
        };
    }

    private static ReportFormat ofChannel(String text, String name) {
        if (!CHANNELS.containsKey(name)) {
            throw new TypeConversionException("found \"" + text + "\"; use " + names());
        }
        return new ChannelFormat(CHANNELS.get(name));
    }

    /** {@code text, json, markdown, html, cloudevent or teams}. */
    private static String names() {
        List<String> all = new ArrayList<>(List.of("text", "json", "markdown", "html"));
        all.addAll(CHANNELS.keySet());
        int last = all.size() - 1;
        return String.join(", ", all.subList(0, last)) + " or " + all.get(last);
    }
}
