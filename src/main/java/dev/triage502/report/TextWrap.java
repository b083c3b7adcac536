package dev.triage502.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Breaks a text into lines; a command between backticks stays whole where it fits, an address and a long name always do. */
final class TextWrap {

    private TextWrap() {}

    /** The lines, each at most so wide unless a single word is wider; never empty. */
    static List<String> lines(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : words(text, width)) {
            if (line.length() > 0 && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    private static List<String> words(String text, int width) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean command = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            command ^= c == '`';
            if (c == ' ' && !command) {
                words.add(word.toString());
                word.setLength(0);
            } else {
                word.append(c);
            }
        }
        words.add(word.toString());
        return words.stream()
                .flatMap(each -> each.length() <= width ? Stream.of(each) : Stream.of(each.split(" ")))
                .filter(each -> !each.isEmpty())
                .toList();
    }
}
