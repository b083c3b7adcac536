package dev.triage502.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;

/** How long a command that serves goes on serving. */
interface ServeUntil {

    /** Returns when it is time to stop. */
    void stopped() throws InterruptedException;

    /** Says that everything has been stopped. */
    default void done() {}

    /** ServeUntil the process is told to end (Ctrl-C, SIGTERM), which then waits for {@link #done}. */
    static ServeUntil signalled() {
        return new Signal();
    }

    /** Until somebody presses Enter, or the process is told to end. An input that is at its end is no Enter. */
    static ServeUntil enterOrSignalled(InputStream in) {
        Signal signal = new Signal();
        return new ServeUntil() {
            @Override
            public void stopped() throws InterruptedException {
                Thread reader = new Thread(() -> awaitLine(in, signal), "enter");
                reader.setDaemon(true);
                reader.start();
                signal.stopped();
            }

            @Override
            public void done() {
                signal.done();
            }
        };
    }

    private static void awaitLine(InputStream in, Signal signal) {
        try {
            int read = in.read();
            while (read >= 0 && read != '\n') {
                read = in.read();
            }
            if (read == '\n') {
                signal.stop();
            }
        } catch (IOException closed) {
            // Then it is only a signal that ends it.
        }
    }

    /** The process' own end. */
    final class Signal implements ServeUntil {

        private final CountDownLatch told = new CountDownLatch(1);
        private final CountDownLatch over = new CountDownLatch(1);

        @Override
        public void stopped() throws InterruptedException {
            Runtime.getRuntime().addShutdownHook(new Thread(this::end, "stop"));
            told.await();
        }

        @Override
        public void done() {
            over.countDown();
        }

        void stop() {
            told.countDown();
        }

        private void end() {
            stop();
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
