package io.upstep.executor;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

/** This process: the name it signs with, and since when it is there. */
@ApplicationScoped
public class Worker {
    private static final int SUFFIX = 6;

    private final String name;
    private final Instant startedAt;

    @Inject
    public Worker(ExecutorConfig config, Clock clock) {
        this(config.worker().filter(n -> !n.isBlank()).orElseGet(Worker::invented), clock.instant());
    }

    public Worker(String name, Instant startedAt) {
        this.name = name;
        this.startedAt = startedAt;
    }

    public String name() {
        return name;
    }

    /** The {@code source} of its events. */
    public String source() {
        return "/upstep/executor/" + name;
    }

    public Instant startedAt() {
        return startedAt;
    }

    // A restarted process is another worker: it knows nothing of what the one before it held.
    private static String invented() {
        return "executor-" + host() + "-" + UUID.randomUUID().toString().substring(0, SUFFIX);
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown-host";
        }
    }
}
