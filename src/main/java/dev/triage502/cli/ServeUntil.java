package dev.triage502.cli;

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

        private void end() {
            told.countDown();
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
