package dev.triage502.cli;

import dev.triage502.collect.DefectLog;
import dev.triage502.collect.RecordedCase;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.EvidenceReader;
import dev.triage502.triage.SourceReliance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Which files of a case are broken, and what does that cost? The rest of the case is judged all the same, and an answer
 * that lacks a file should not pass for one that does not need it.
 */
final class BrokenFiles {

    private static final int NAMED = 5;

    private BrokenFiles() {}

    /** A line for each file that is no JSON, cannot be opened, or holds what is not understood, in whole or in part. */
    static List<String> in(Path folder, RecordedCase recorded) {
        List<CouldNotRead<?>> broken = new ArrayList<>();
        Evidence evidence = EvidenceReader.read(recorded.incident(), recorded.documents());
        for (Reading<?> reading : evidence.bySource()) {
            if (reading instanceof CouldNotRead<?> unread
                    && unread.why() == Why.MALFORMED
                    && unread.detail().startsWith(unread.source().fileName() + ": ")) {
                broken.add(unread);
            }
        }
        List<String> lines = new ArrayList<>();
        evidence.lost()
                .forEach(
                        (source, detail) -> lines.add(line(folder, source, detail) + ". The rest of the file is used"));
        if (broken.isEmpty()) {
            return lines;
        }
        SourceReliance reliance =
                SourceReliance.on(recorded.incident(), recorded.documents(), DefectLog.ofProgram(recorded.id()));
        broken.forEach(each -> lines.add(line(folder, each.source(), each.detail())
                + ". The case is diagnosed without this file"
                + cost(each.source(), reliance)));
        return lines;
    }

    /** Details begin with the file's name; in a folder of cases that does not say which file. */
    private static String line(Path folder, Source source, String detail) {
        String name = source.fileName() + ": ";
        return folder.resolve(source.fileName()) + ": "
                + (detail.startsWith(name) ? detail.substring(name.length()) : detail);
    }

    private static String cost(Source source, SourceReliance reliance) {
        List<String> causes = reliance.untold().getOrDefault(source, List.of());
        if (causes.isEmpty()) {
            return "; every cause can still be checked";
        }
        String named = String.join(", ", causes.subList(0, Math.min(NAMED, causes.size())));
        return ", so " + causes.size() + (causes.size() == 1 ? " cause" : " causes") + " cannot be checked: " + named
                + (causes.size() > NAMED ? ", …" : "");
    }
}
