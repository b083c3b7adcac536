package dev.triage502.cli;

import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** In which form to print, for options. */
final class FormatConverter implements ITypeConverter<OutputFormat> {

    @Override
    public OutputFormat convert(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "text" -> OutputFormat.TEXT;
            case "json" -> OutputFormat.JSON;
            case "markdown" -> OutputFormat.MARKDOWN;
            case "html" -> OutputFormat.HTML;
            default -> throw new TypeConversionException("found \"" + text + "\"; use text, json, markdown or html");
        };
    }
}
