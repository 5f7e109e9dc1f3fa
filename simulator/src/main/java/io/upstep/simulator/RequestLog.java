package io.upstep.simulator;

import io.upstep.simulator.api.Request;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/** Remembers the latest requests, so that a test can see who asked what. */
public final class RequestLog {
    private static final int KEPT = 5_000;

    private final Deque<Entry> entries = new ArrayDeque<>();
    private final Clock clock;

    RequestLog(Clock clock) {
        this.clock = clock;
    }

    /** One request that came in, also one that was refused at the door. */
    public record Entry(Instant at, String method, String path, String query, String userAgent) {
        public boolean isWrite() {
            return !method.equals("GET");
        }

        /** Whether it changes an object that is there. */
        public boolean isUpdate() {
            return method.equals("PUT") || method.equals("PATCH");
        }

        public boolean isWatch() {
            return method.equals("GET") && (query.contains("watch=true") || query.contains("watch=1"));
        }
    }

    public synchronized List<Entry> all() {
        return List.copyOf(entries);
    }

    public synchronized List<Entry> matching(Predicate<Entry> wanted) {
        return entries.stream().filter(wanted).toList();
    }

    public synchronized void clear() {
        entries.clear();
    }

    synchronized Entry add(Request request) {
        String query = request.query().toString();
        Entry entry = new Entry(clock.instant(), request.method(), request.path(), query, request.userAgent());
        entries.addLast(entry);
        if (entries.size() > KEPT) {
            entries.removeFirst();
        }
        return entry;
    }
}
