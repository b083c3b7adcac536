package dev.triage502.remedy.azure;

/** What Azure, or az itself, would not do. */
public final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1;

    /**
     * @param why    what is wrong with the change
     * @param source where that is known from: a line of az-cli.md or another fact sheet, or "assumed"
     */
    Refused(String why, String source) {
        super(why + " (" + source + ")");
    }
}
