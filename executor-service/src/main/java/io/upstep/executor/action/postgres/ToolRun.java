package io.upstep.executor.action.postgres;

import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.StoppedException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * One run of a client tool as a child of this process: it ends when the attempt does. What it reads and writes goes through
 * pipes of ours, so that it cannot go on either when this process is killed.
 */
final class ToolRun implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration MOMENT = Duration.ofMillis(1);
    private static final int SECONDS_TO_END = 2;
    private static final int SINK = 1;
    private static final int ERRORS = 2;

    private final Process process;
    private final ToolOutput said;
    private final ExecutorService pipes = Executors.newCachedThreadPool(task -> {
        Thread made = new Thread(task, "upstep-postgres-tool");
        made.setDaemon(true);
        return made;
    });
    private final List<Future<?>> pumps;

    /** Writes what the tool is to read. */
    @FunctionalInterface
    interface Feed {
        void to(OutputStream tool) throws IOException;
    }

    /** Reads what the tool writes. */
    @FunctionalInterface
    interface Sink {
        void from(InputStream tool) throws IOException;
    }

    private ToolRun(Process process, Feed feed, Sink sink, ToolOutput said) {
        this.process = process;
        this.said = said;
        this.pumps = List.of(
                pipes.submit(() -> {
                    try (OutputStream tool = process.getOutputStream()) {
                        feed.to(tool);
                    }
                    return null;
                }),
                pipes.submit(() -> {
                    try (InputStream tool = process.getInputStream()) {
                        sink.from(tool);
                    }
                    return null;
                }),
                pipes.submit(() -> {
                    read(process.getErrorStream());
                    return null;
                }));
    }

    static ToolRun start(List<String> command, ToolEnvironment environment, Feed feed, Sink sink, ToolOutput said) {
        ProcessBuilder builder = new ProcessBuilder(command);
        environment.putInto(builder.environment());
        try {
            return new ToolRun(builder.start(), feed, sink, said);
        } catch (IOException e) {
            throw ActionException.permanent(
                    "postgres-tools-missing", "cannot run " + command.get(0) + ": " + e.getMessage());
        }
    }

    private void read(InputStream error) throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(error, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (said.line(line) == ToolOutput.Next.STOP) {
                    process.destroy();
                }
            }
        }
    }

    /**
     * Waits for its end.
     *
     * @param tick called now and then meanwhile
     * @return whether it has done all of it; {@link ToolOutput} tells why not
     */
    boolean await(StepContext context, Runnable tick) throws IOException {
        try {
            while (!process.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                tick.run();
                context.pause(MOMENT);
            }
            tick.run();
            // What it said last may still be on its way.
            boolean told = isDone(pumps.get(ERRORS), false);
            boolean done = said.isDone(process.exitValue()) && told;
            // Our own disk's refusal breaks the tool's pipe: the cause is told, and not the consequence.
            done &= isDone(pumps.get(SINK), said.isUnheard());
            for (Future<?> pump : pumps) {
                done &= isDone(pump, done);
            }
            return done;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoppedException("interrupted while a tool of PostgreSQL was at work");
        }
    }

    /** A tool that has failed breaks its pipes; one that has not must have got, and given, everything. */
    private static boolean isDone(Future<?> pump, boolean telling) throws IOException, InterruptedException {
        try {
            pump.get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            if (telling) {
                throw new IOException(e.getCause());
            }
            return false;
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        pipes.shutdownNow();
    }
}
