package dev.triage502.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A folder, for options and parameters; an empty text is none, and would be the current folder. */
final class FolderConverter implements ITypeConverter<Path> {

    /** No system takes a longer one. */
    private static final int LONGEST = 32_767;

    @Override
    public Path convert(String text) {
        if (text.isBlank()) {
            throw new TypeConversionException("found nothing; give the path of a folder");
        }
        if (text.length() > LONGEST) {
            throw new TypeConversionException("found " + text.length() + " characters; give the path of a folder");
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException noPath) {
            throw new TypeConversionException("found an invalid character; give the path of a folder");
        }
    }
}
