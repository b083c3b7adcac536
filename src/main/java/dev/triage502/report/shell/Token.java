package dev.triage502.report.shell;

import java.util.List;

/** What a command is made of, in the order in which it is written. */
sealed interface Token {

    /** Blanks between words, with a line continuation or not, as written. */
    record Space(String source) implements Token {
        boolean continues() {
            return source.contains("\n");
        }
    }

    /** The end of a line that is the end of a command. */
    record LineEnd() implements Token {}

    /** A pipe, a redirection or another sign of the shell. */
    record Operator(String source) implements Token {}

    /**
     * One argument.
     *
     * @param source as the page writes it
     */
    record Word(String source, List<Part> parts) implements Token {
        public Word {
            parts = List.copyOf(parts);
        }

        boolean isConstant() {
            return parts.stream().allMatch(part -> part instanceof Text);
        }

        /** Whether a value is put in, here or in a command within. */
        boolean takesValues() {
            return parts.stream()
                    .anyMatch(part -> part instanceof Placeholder
                            || part instanceof Substitution within
                                    && within.command().tokens().stream()
                                            .anyMatch(token -> token instanceof Word word && word.takesValues()));
        }

        /** Whether the shell puts something in: a variable's value, another command's output. */
        boolean isComputed() {
            return parts.stream().anyMatch(part -> part instanceof Variable || part instanceof Substitution);
        }

        /** What it is for the program, where it is constant. */
        String text() {
            StringBuilder text = new StringBuilder();
            parts.forEach(part -> text.append(part instanceof Text constant ? constant.text() : ""));
            return text.toString();
        }

        /** {@code '} or {@code "} where the page quotes all of it so, else a blank. */
        char quote() {
            char first = source.isEmpty() ? ' ' : source.charAt(0);
            boolean whole = (first == '"' || first == '\'')
                    && source.length() > 1
                    && source.charAt(source.length() - 1) == first;
            return whole ? first : ' ';
        }
    }

    /** A piece of a word. */
    sealed interface Part {}

    /** What the program is given as it is, without the page's quotes. */
    record Text(String text) implements Part {}

    /** {@code {name}}. */
    record Placeholder(String name) implements Part {}

    /** {@code $name}. */
    record Variable(String name) implements Part {}

    /** {@code $( … )}. */
    record Substitution(CommandTemplate command) implements Part {}
}
