package dev.triage502.evidence.arm.form;

import dev.triage502.evidence.arm.form.Recognition.Refused;
import java.util.Locale;
import java.util.regex.Pattern;

/** What is a text that is no JSON and no error of Azure's, and what makes a document of it? */
public final class UnusableText {

    private static final Pattern AZ_ERROR = Pattern.compile("(?m)^ERROR: ");
    private static final Pattern BICEP =
            Pattern.compile("(?m)^\\s*(resource \\w+ 'Microsoft\\.|targetScope\\s*=|param \\w+ )");
    private static final Pattern TERRAFORM = Pattern.compile("(?m)^\\s*(resource|data|module|provider) \"");
    private static final Pattern TABLE = Pattern.compile("(?m)^-{3,}(\\s+-{3,})+\\s*$");
    private static final Pattern YAML = Pattern.compile("(?m)^(- )?[A-Za-z][\\w.-]*:(\\s|$)");

    private UnusableText() {}

    /** Why it cannot be taken; {@code fault} is what a JSON parser says of it. */
    public static Refused explained(String text, String fault) {
        String begin = text.stripLeading();
        if (begin.isEmpty()) {
            return new Refused("empty: the command that wrote it failed or found nothing", NeededCommand.SCRIPT);
        }
        if (begin.startsWith("PK\u0003\u0004")) {
            return new Refused(
                    "a ZIP file, as a saved Terraform plan or an exported template is", "terraform show -json <plan>");
        }
        if (begin.startsWith("{") || begin.startsWith("[")) {
            return new Refused(fault + ". It is cut off or damaged", NeededCommand.SCRIPT);
        }
        if (begin.startsWith("<")) {
            boolean page = begin.toLowerCase(Locale.ROOT).matches("(?s)<(!doctype html|html).*");
            return new Refused((page ? "a web page" : "XML") + ", not JSON", NeededCommand.SCRIPT);
        }
        if (AZ_ERROR.matcher(begin).find()) {
            return new Refused("an error that az printed", NeededCommand.SCRIPT);
        }
        return source(begin);
    }

    private static Refused source(String begin) {
        if (BICEP.matcher(begin).find()) {
            return new Refused("Bicep source, not what is deployed", NeededCommand.GATEWAY);
        }
        if (TERRAFORM.matcher(begin).find()) {
            return new Refused("Terraform configuration, not the state", "terraform show -json");
        }
        if (TABLE.matcher(begin).find()) {
            return new Refused("a table for people", "the same command with --output json");
        }
        if (YAML.matcher(begin).find()) {
            return new Refused("YAML", "the same command with --output json");
        }
        return new Refused("neither JSON nor CSV", NeededCommand.SCRIPT);
    }
}
