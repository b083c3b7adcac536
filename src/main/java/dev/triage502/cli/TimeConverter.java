package dev.triage502.cli;

import dev.triage502.incident.IncidentWindow;
import java.time.Instant;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A moment, for options. */
final class TimeConverter implements ITypeConverter<Instant> {

    @Override
    public Instant convert(String text) {
        return IncidentWindow.time(text)
                .orElseThrow(() ->
                        new TypeConversionException("found \"" + text + "\"; use " + IncidentWindow.TIME_EXPECTED));
    }
}
