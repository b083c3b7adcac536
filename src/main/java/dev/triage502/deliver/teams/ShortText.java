package dev.triage502.deliver.teams;

/** Cuts texts that would leave no room for the others, and remembers whether it did. */
final class ShortText {

    private boolean cut;

    /** The text, or its beginning; no character is cut in two. */
    String of(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        cut = true;
        int end = Character.isHighSurrogate(text.charAt(most - 2)) ? most - 2 : most - 1;
        return text.substring(0, end).stripTrailing() + "…";
    }

    boolean hasCut() {
        return cut;
    }
}
