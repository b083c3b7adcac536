package dev.triage502.cli;

import dev.triage502.deliver.ReportNotice;
import dev.triage502.report.IncidentLinks;
import dev.triage502.report.Report;
import dev.triage502.report.TextStyle;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a channel would send as the first message about an incident, on one line. Links to the app are missing: there is no
 * app that has the incident.
 */
record ChannelFormat(Function<ReportNotice, String> preview) implements ReportFormat {

    @Override
    public String of(Report report, TextStyle style) {
        IncidentLinks links = new IncidentLinks(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(report.document().portal()));
        String key = report.document().incident() + "-diagnosed";
        return preview.apply(ReportNotice.of(report.document(), links, key)) + "\n";
    }

    @Override
    public String between() {
        return "";
    }
}
