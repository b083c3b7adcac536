package dev.triage502.deliver;

import dev.triage502.ledger.MessageReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/** The contract can be met by a channel that is not HTTP: this one, made for the test, writes files. */
class FileChannelTest extends ChannelContract {

    private static final int LONGEST = 64 * 1024;

    private static final ChannelSetting<String> FOLDER =
            ChannelSetting.text("folder", "no files", "Where each diagnosis is written as a file.", "reports", "[^?]+");

    private static final ChannelType TYPE = new ChannelType(
            "file",
            List.of(FOLDER),
            List.of(),
            EnumSet.allOf(MessageReason.class),
            Map.of(),
            (values, tools) -> new FileChannel(Path.of(values.needed(FOLDER))));

    /** Writes a report into a folder; a file with the name {@code refuses} in it says no. */
    private record FileChannel(Path folder) implements Channel {

        @Override
        public DeliveryResult deliver(ReportNotice notice, ChannelMemory memory) {
            try {
                if (Files.exists(folder.resolve("refuses"))) {
                    String words = Files.readString(folder.resolve("refuses"));
                    return new DeliveryResult.Refused("the folder says: " + words.replace(SECRET, "…"));
                }
                String text = DocumentShortener.of(notice.report().document(), LONGEST);
                Files.writeString(folder.resolve(notice.key() + ".json"), text);
                return new DeliveryResult.Sent();
            } catch (IOException e) {
                return new DeliveryResult.Failed(
                        "no file could be written: " + e.getClass().getSimpleName(), Optional.empty());
            }
        }

        @Override
        public String toString() {
            return "files";
        }
    }

    @TempDir
    Path folder;

    @Override
    ChannelType type() {
        return TYPE;
    }

    @Override
    Channel channel() {
        return new FileChannel(folder);
    }

    @Override
    void otherSideRefuses(String words) {
        write("refuses", words);
    }

    @Override
    void otherSideIsAway() {
        folder = folder.resolve("gone");
    }

    @Override
    List<String> taken() {
        List<String> taken = new ArrayList<>();
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                taken.add(Files.readString(file));
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return taken;
    }

    @Override
    int longest() {
        return LONGEST;
    }

    @Override
    String cutNote() {
        return "\"cut\":\"Shortened: ";
    }

    private void write(String name, String text) {
        try {
            Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
