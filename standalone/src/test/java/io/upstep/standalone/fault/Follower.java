package io.upstep.standalone.fault;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** A subscriber of the planners' event stream that comes back with {@code Last-Event-ID}, to whichever planner answers. */
final class Follower implements AutoCloseable {
    private static final int CONNECT_MILLIS = 1_000;
    private static final int READ_MILLIS = 2_000;
    private static final int BREATH_MILLIS = 50;
    private static final int MOST_AT_ONCE = 30;

    private final List<URI> planners;
    private final List<String> seen = new ArrayList<>();
    private Thread thread;
    private final CountDownLatch closed = new CountDownLatch(1);
    private long last;
    private int connections;

    /** @param after the position to begin after */
    Follower(List<URI> planners, long after) {
        this.planners = planners;
        this.last = after;
    }

    /** Follows until it is closed, and hangs up all the time. */
    Follower start() {
        thread = new Thread(this::follow, "follower");
        thread.setDaemon(true);
        thread.start();
        return this;
    }

    synchronized List<String> seen() {
        return List.copyOf(seen);
    }

    synchronized int connections() {
        return connections;
    }

    /** Reads for as long as one connection gives at most so many events. */
    void readOnce(int most) {
        URI planner = planners.get(ThreadLocalRandom.current().nextInt(planners.size()));
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    planner.resolve("/api/v1/events").toURL().openConnection();
            connection.setConnectTimeout(CONNECT_MILLIS);
            connection.setReadTimeout(READ_MILLIS);
            connection.setRequestProperty("Accept", "text/event-stream");
            connection.setRequestProperty("Last-Event-ID", Long.toString(last));
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
                read(lines, most);
            } finally {
                connection.disconnect();
            }
        } catch (IOException hungUp) {
            // That is what it is here for: it comes back.
            return;
        } finally {
            synchronized (this) {
                connections++;
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        closed.countDown();
        if (thread != null) {
            thread.join(READ_MILLIS * 3L);
        }
    }

    private void follow() {
        try {
            do {
                readOnce(1 + ThreadLocalRandom.current().nextInt(MOST_AT_ONCE));
            } while (!closed.await(BREATH_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** An event counts when all of it has arrived. */
    private void read(BufferedReader lines, int most) throws IOException {
        long id = 0;
        String data = null;
        int count = 0;
        for (String line = lines.readLine();
                line != null && count < most && closed.getCount() > 0;
                line = lines.readLine()) {
            if (line.startsWith("id:")) {
                id = Long.parseLong(line.substring(3).trim());
            } else if (line.startsWith("data:")) {
                data = line.substring(5);
            } else if (line.isEmpty() && data != null) {
                synchronized (this) {
                    seen.add(data);
                    last = id;
                }
                data = null;
                count++;
            }
        }
    }
}
