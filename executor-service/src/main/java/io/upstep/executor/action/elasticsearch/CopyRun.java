package io.upstep.executor.action.elasticsearch;

import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Copies all indices, so many at a time, and tells how far it is. */
final class CopyRun {
    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private final ReindexAction.With with;
    private final Indices source;
    private final Node destination;
    private final CopyNotes notes;
    private final StepContext context;
    private final CopyTasks tasks;
    private final Permit permit;
    private final CopyProgress progress;

    CopyRun(ReindexAction.With with, Node source, Node destination, CopyNotes notes, StepContext context) {
        this.with = with;
        this.source = new Indices(source);
        this.destination = destination;
        this.notes = notes;
        this.context = context;
        this.tasks = new CopyTasks(destination, CopyMark.of(context, with.name()));
        this.permit = new Permit(destination, tasks.mark().permit());
        this.progress = new CopyProgress(context);
    }

    Map<String, Copied> all() {
        Map<String, Copied> copied = new TreeMap<>();
        Deque<Copy> waiting = waiting(copied);
        permit.give();
        while (!waiting.isEmpty()) {
            copied.putAll(copied(waiting));
            // What has appeared meanwhile is meant, too: nobody would look for it any more.
            waiting = waiting(copied);
        }
        // What is still to come would be nobody's wish any more.
        permit.take();
        return copied;
    }

    private Deque<Copy> waiting(Map<String, Copied> copied) {
        Deque<Copy> waiting = new ArrayDeque<>();
        for (String index : source.matching(with.indices())) {
            if (!copied.containsKey(index)) {
                progress.expect(index, source.settledCount(index).orElse(0));
                waiting.add(copy(index));
            }
        }
        return waiting;
    }

    private Copy copy(String index) {
        return new Copy(index, with, source, destination, tasks, permit, notes, progress, context);
    }

    private Map<String, Copied> copied(Deque<Copy> waiting) {
        Map<String, Copied> done = new TreeMap<>();
        List<Copy> active = new ArrayList<>();
        try {
            Duration pause = FIRST;
            while (!waiting.isEmpty() || !active.isEmpty()) {
                while (active.size() < with.parallel() && !waiting.isEmpty()) {
                    active.add(waiting.remove());
                }
                int before = done.size();
                for (Copy copy : active) {
                    copy.advance().ifPresent(result -> done.put(copy.index(), result));
                }
                active.removeIf(copy -> done.containsKey(copy.index()));
                progress.tell();
                pause = done.size() > before ? FIRST : longer(pause);
                if (!active.isEmpty()) {
                    context.pause(pause);
                }
            }
            return done;
        } catch (ActionException e) {
            giveUp(active, e);
            throw e;
        }
    }

    private static Duration longer(Duration pause) {
        return pause.multipliedBy(2).compareTo(LONGEST) < 0 ? pause.multipliedBy(2) : LONGEST;
    }

    /** The others would go on unseen. An attempt that is merely stopped leaves them to the next one. */
    private void giveUp(List<Copy> active, ActionException why) {
        if (why.code().equals(Node.UNREACHABLE)) {
            // It has been waited for long enough.
            return;
        }
        try {
            active.forEach(Copy::cancel);
            permit.take();
        } catch (ActionException e) {
            why.addSuppressed(e);
        }
    }
}
