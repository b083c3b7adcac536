package dev.triage502.remedy.powershell;

import java.util.ArrayList;
import java.util.List;

/**
 * What a program on Windows is given. Four readers stand between PowerShell's words and the arguments of {@code az}:
 *
 * <ol>
 *   <li>PowerShell joins the words. For a batch file it always does so in the style {@code Legacy}, in Windows PowerShell for every
 *       program ({@code about_Parsing}, "Passing arguments that contain quote characters"): a word with a blank that is in no double
 *       quotes gets double quotes round it, any other goes as it is, an empty one is lost.
 *   <li>cmd starts the batch file. Outside double quotes it takes {@code & | < > ^} for its own, and everywhere {@code %}.
 *   <li>The batch file hands the arguments on with {@code %*}, in {@code az.cmd} within {@code IF … ( … )}, so that cmd reads them
 *       again, and a {@code )} outside double quotes ends the block.
 *   <li>The C runtime splits the line at blanks outside double quotes, and takes {@code \"} for a quote.
 * </ol>
 */
final class WindowsCommandLine {

    private WindowsCommandLine() {}

    /**
     * The arguments that the program gets.
     *
     * @param batch whether it is a batch file
     * @throws IllegalArgumentException if cmd takes a part of them for its own, or the runtime reads them otherwise
     */
    static List<String> received(List<String> words, boolean batch) {
        List<String> passed = new ArrayList<>();
        for (String word : words) {
            if (word.isEmpty()) {
                throw new IllegalArgumentException("an empty word is lost");
            }
            passed.add(hasBlankOutsideQuotes(word) ? '"' + word + '"' : word);
        }
        String line = String.join(" ", passed);
        if (batch) {
            readByCmd(line);
        }
        return splitByRuntime(line);
    }

    private static boolean hasBlankOutsideQuotes(String word) {
        boolean quoted = false;
        boolean blank = false;
        for (int i = 0; i < word.length(); i++) {
            boolean escaped = i > 0 && word.charAt(i - 1) == '\\';
            quoted ^= word.charAt(i) == '"' && !escaped;
            blank |= !quoted && (Character.isWhitespace(word.charAt(i)) || Character.isSpaceChar(word.charAt(i)));
        }
        return blank;
    }

    private static void readByCmd(String line) {
        boolean quoted = false;
        for (char c : line.toCharArray()) {
            quoted ^= c == '"';
            if (!quoted && "&|<>^()".indexOf(c) >= 0 || "%\n\r".indexOf(c) >= 0) {
                throw new IllegalArgumentException("cmd reads the " + c + " of " + line);
            }
        }
        if (quoted) {
            throw new IllegalArgumentException("a double quote is left open in " + line);
        }
    }

    private static List<String> splitByRuntime(String line) {
        List<String> arguments = new ArrayList<>();
        StringBuilder argument = new StringBuilder();
        boolean quoted = false;
        int backslashes = 0;
        for (char c : line.toCharArray()) {
            if (c == '\\') {
                backslashes++;
                continue;
            }
            argument.append("\\".repeat(c == '"' ? backslashes / 2 : backslashes));
            boolean escaped = c == '"' && backslashes % 2 == 1;
            backslashes = 0;
            if (c == '"' && !escaped) {
                quoted = !quoted;
            } else if (!quoted && (c == ' ' || c == '\t')) {
                arguments.add(argument.toString());
                argument.setLength(0);
            } else {
                argument.append(c);
            }
        }
        arguments.add(argument.append("\\".repeat(backslashes)).toString());
        return arguments;
    }
}
