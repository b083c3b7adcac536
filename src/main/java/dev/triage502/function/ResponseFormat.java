package dev.triage502.function;

import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import dev.triage502.report.MarkdownReport;
import dev.triage502.report.Report;
import dev.triage502.report.TextReport;
import dev.triage502.report.html.IncidentPage;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** In which form does somebody want a report? */
enum ResponseFormat {
    JSON("application/json; charset=utf-8") {
        @Override
        String of(Report report) {
            return report.document().toString();
        }
    },
    MARKDOWN("text/markdown; charset=utf-8") {
        @Override
        String of(Report report) {
            return MarkdownReport.render(report);
        }
    },
    TEXT("text/plain; charset=utf-8") {
        @Override
        String of(Report report) {
            return new TextReport(false).render(report);
        }
    },
    HTML("text/html; charset=utf-8") {
        @Override
        String of(Report report) {
            return IncidentPage.of(report.document());
        }
    };

    private final String type;

    ResponseFormat(String type) {
        this.type = type;
    }

    abstract String of(Report report);

    /** The form that an {@code Accept} likes best; JSON if it likes all alike, or none of ours. */
    static ResponseFormat accepted(String accept) {
        ResponseFormat best = JSON;
        double liked = 0;
        for (String each : accept.toLowerCase(Locale.ROOT).split(",")) {
            String[] parts = each.split(";");
            double quality = quality(parts);
            @Nullable ResponseFormat named = named(parts[0].strip());
            if (named != null && quality > liked) {
                best = named;
                liked = quality;
            }
        }
        return best;
    }

    HttpResponseMessage answer(HttpRequestMessage<?> request, Report report) {
        return request.createResponseBuilder(HttpStatus.OK)
                .header("Content-Type", type)
                .header("Vary", "Accept")
                .header("Content-Location", HttpAnswers.at(report.document().incident()))
                .body(of(report))
                .build();
    }

    private static @Nullable ResponseFormat named(String media) {
        switch (media) {
            case "application/json":
            case "application/*":
            case "*/*":
                return JSON;
            case "text/html":
                return HTML;
            case "text/markdown":
                return MARKDOWN;
            case "text/plain":
            case "text/*":
                return TEXT;
            default:
                return null;
        }
    }

    private static double quality(String[] parts) {
        for (String part : parts) {
            String text = part.strip();
            if (text.startsWith("q=")) {
                try {
                    return Double.parseDouble(text.substring(2));
                } catch (NumberFormatException notANumber) {
                    return 0;
                }
            }
        }
        return 1;
    }
}
