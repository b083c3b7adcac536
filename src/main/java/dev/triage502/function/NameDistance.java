package dev.triage502.function;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How far a name that somebody typed is from one that there is: words that both have count first, then letters. */
final class NameDistance {

    private static final int LONGEST = 80;
    private static final int WORTH_OF_A_WORD = 10;

    private final String typed;
    private final List<String> words;

    NameDistance(String typed) {
        String lower = typed.toLowerCase(Locale.ROOT);
        this.typed = lower.length() <= LONGEST ? lower : lower.substring(0, LONGEST);
        this.words = List.of(this.typed.split("[^a-z0-9]+"));
    }

    /** The smaller, the nearer. */
    int to(String name) {
        long common = Arrays.stream(name.split("-")).filter(words::contains).count();
        return letters(name) - WORTH_OF_A_WORD * (int) common;
    }

    /** How many letters to add, drop or replace (Levenshtein). */
    private int letters(String name) {
        int[] before = new int[name.length() + 1];
        Arrays.setAll(before, i -> i);
        for (int i = 1; i <= typed.length(); i++) {
            int[] row = new int[name.length() + 1];
            row[0] = i;
            for (int j = 1; j <= name.length(); j++) {
                int replaced = before[j - 1] + (typed.charAt(i - 1) == name.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(before[j], row[j - 1]) + 1);
            }
            before = row;
        }
        return before[name.length()];
    }
}
