package dev.triage502.collect.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoundedFileTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    @Test
    void aFileAsLargeAsTheLimitIsReadAndOneByteMoreIsRefused() throws IOException {
        Path file = folder.resolve("log.json");
        long megabyte = 1024 * 1024;

        assertThat(BoundedFile.read(sparse(file, megabyte), megabyte, LONG)).hasSize((int) megabyte);
        assertThatThrownBy(() -> BoundedFile.read(sparse(file, megabyte + 1), megabyte, LONG))
                .isInstanceOf(UnreadableFile.class)
                .hasMessage("larger than 1 MB; cut a log to the hour of the incident");
    }

    /** A sparse file of a terabyte takes no place on the disk, and would fill the memory. */
    @Test
    void aHugeFileIsRefusedWithTheUsualLimit() throws IOException {
        Path file = sparse(folder.resolve("huge.json"), 1L << 40);

        assertThatThrownBy(() -> BoundedFile.read(file))
                .isInstanceOf(UnreadableFile.class)
                .hasMessageStartingWith("larger than 64 MB");
    }

    /** As a share of a network that does not answer: the file can be opened, and its bytes do not come. */
    @Test
    void aFileWhoseBytesDoNotComeIsGivenUp() throws IOException {
        Path file = Files.writeString(folder.resolve("slow.json"), "{}");
        CountDownLatch never = new CountDownLatch(1);
        InputStream slow = new InputStream() {
            @Override
            public int read() throws IOException {
                try {
                    never.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                return -1;
            }
        };

        Instant begin = Instant.now();
        assertThatThrownBy(() -> BoundedFile.read(file, each -> slow, 100, Duration.ofSeconds(1)))
                .isInstanceOf(UnreadableFile.class)
                .hasMessage("not read within 1 s; copy it to a local disk");
        assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(15));
    }

    private static Path sparse(Path file, long length) throws IOException {
        try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw")) {
            opened.setLength(length);
        }
        return file;
    }
}
