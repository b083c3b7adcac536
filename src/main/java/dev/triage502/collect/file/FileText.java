package dev.triage502.collect.file;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** The text of a file, in whichever encoding a shell wrote it. */
final class FileText {

    private static final Charset WINDOWS = Charset.forName("windows-1252");

    /** Enough to see which of two bytes is always zero. */
    private static final int LOOKED_AT = 200;

    private FileText() {}

    /** The text without its mark. JSON and CSV begin with ASCII, so that UTF-16 shows even without a mark. */
    static String of(byte[] bytes) {
        String text = decoded(bytes);
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static String decoded(byte[] bytes) {
        if (begins(bytes, 0xFF, 0xFE) || zeros(bytes, 1) && !zeros(bytes, 0)) {
            return new String(bytes, StandardCharsets.UTF_16LE);
        }
        if (begins(bytes, 0xFE, 0xFF) || zeros(bytes, 0) && !zeros(bytes, 1)) {
            return new String(bytes, StandardCharsets.UTF_16BE);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return new String(bytes, WINDOWS);
        }
    }

    private static boolean begins(byte[] bytes, int first, int second) {
        return bytes.length >= 2 && bytes[0] == (byte) first && bytes[1] == (byte) second;
    }

    /** Whether nearly every second byte, from the one given, is zero. */
    private static boolean zeros(byte[] bytes, int from) {
        int seen = 0;
        int zero = 0;
        for (int i = from; i < Math.min(bytes.length, LOOKED_AT); i += 2) {
            seen++;
            zero += bytes[i] == 0 ? 1 : 0;
        }
        return seen > 1 && zero * 10 >= seen * 7;
    }
}
