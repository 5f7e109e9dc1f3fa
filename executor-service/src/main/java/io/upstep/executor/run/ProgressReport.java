package io.upstep.executor.run;

import io.upstep.event.StepProgressed;
import io.upstep.event.StepRequested;
import java.util.ArrayList;
import java.util.List;

/** Collects what an action tells of itself, and makes signs of life of it: none of its lines is lost, none said twice. */
final class ProgressReport {
    private static final int MAX_LINES = 500;

    private final StepRequested request;
    private final String worker;
    private final List<String> lines = new ArrayList<>();
    private long forgotten;
    private long sequence;
    private Double fraction;
    private String message;
    private String cursor;

    ProgressReport(StepRequested request, String worker) {
        this.request = request;
        this.worker = worker;
        this.cursor = request.cursor();
    }

    synchronized void progress(Double newFraction, String newMessage) {
        fraction = newFraction == null ? null : Math.max(0, Math.min(1, newFraction));
        message = newMessage;
    }

    synchronized void line(String line) {
        // A broker that is away for long must not fill the memory: then the oldest lines go.
        if (lines.size() == MAX_LINES) {
            forget(1);
        }
        lines.add(line);
    }

    synchronized void cursor(String newCursor) {
        cursor = newCursor;
    }

    synchronized String cursor() {
        return cursor;
    }

    synchronized Sign sign(StepProgressed.Phase phase) {
        sequence++;
        StepProgressed event = new StepProgressed(
                request.attempt(),
                request.installation(),
                worker,
                sequence,
                phase,
                fraction,
                message,
                List.copyOf(lines),
                cursor);
        return new Sign(event, forgotten + lines.size());
    }

    /** The broker has it: its lines need not be said again. */
    synchronized void said(Sign sign) {
        forget((int) Math.max(0, sign.upTo() - forgotten));
    }

    private void forget(int count) {
        lines.subList(0, count).clear();
        forgotten += count;
    }

    /** @param upTo how many lines were ever told with it and before it */
    record Sign(StepProgressed event, long upTo) {}
}
