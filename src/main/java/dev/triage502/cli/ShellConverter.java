package dev.triage502.cli;

import dev.triage502.report.shell.Shell;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The shell that commands are printed for, for options. */
final class ShellConverter implements ITypeConverter<Shell> {

    @Override
    public Shell convert(String text) {
        return Stream.of(Shell.values())
                .filter(each -> each.id().equals(text.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("found \"" + text + "\"; use bash or powershell"));
    }
}
