package dev.triage502.report.shell;

/**
 * The language inside an argument: a value within its quotes must not end them.
 *
 * <p>Sources: Kusto string literals (escape with a backslash), JMESPath raw string literals ({@code \'}), OData string
 * literals ({@code ''}), JSON strings.
 */
enum InnerLanguage {
    NONE,
    KQL,
    JMESPATH,
    ODATA,
    JSON;

    /** The language of an option's value; {@code begun} is what the value begins with. */
    static InnerLanguage of(String option, String begun) {
        switch (option) {
            case "--analytics-query":
                return KQL;
            case "--query":
                return JMESPATH;
            case "--filter":
                return ODATA;
            default:
                return begun.startsWith("{") || begun.startsWith("[{") || begun.startsWith("[\"") ? JSON : NONE;
        }
    }

    /** A value within the quotes of this language that are open, {@code quote}; as it is where none is open. */
    String escaped(String value, char quote) {
        if (quote == ' ') {
            return value;
        }
        switch (this) {
            case KQL:
                return value.replace("\\", "\\\\")
                        .replace(String.valueOf(quote), "\\" + quote)
                        .replace("\n", "\\n")
                        .replace("\r", "\\r");
            case JMESPATH:
                return value.replace(String.valueOf(quote), "\\" + quote);
            case ODATA:
                return value.replace("'", "''");
            case JSON:
                return value.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                        .replace("\t", "\\t");
            default:
                return value;
        }
    }

    /** The quotation mark that is open in this language at the end of a text: {@code '}, {@code "}, or a blank. */
    char openAfter(String text) {
        if (this == NONE) {
            return ' ';
        }
        char open = ' ';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (open != ' ' && c == '\\') {
                i++;
            } else if (c == open) {
                open = ' ';
            } else if (open == ' ' && (c == '"' || c == '\'' && this != JSON)) {
                open = c;
            }
        }
        return open;
    }
}
