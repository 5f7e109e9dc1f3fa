package io.upstep.verifier.messaging;

import io.upstep.event.Event;
import io.upstep.event.EventData;
import io.upstep.event.EventType;
import io.upstep.verifier.VerifierConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

/** Who this verifier is in the events it publishes: a name no other process has. */
@ApplicationScoped
public class Identity {
    private static final int SUFFIX = 8;

    private final String worker;
    private final Clock clock;
    private final Instant startedAt;

    public Identity(VerifierConfig config, Clock clock) {
        this.worker = config.worker().filter(name -> !name.isBlank()).orElseGet(Identity::generated);
        this.clock = clock;
        this.startedAt = clock.instant();
    }

    public String worker() {
        return worker;
    }

    public Instant startedAt() {
        return startedAt;
    }

    /** An event of this verifier that continues the trace of the one it answers. */
    <T extends EventData> Event<T> event(T data, String traceparent) {
        String source = "/upstep/" + EventType.Role.VERIFIER.group() + "/" + worker;
        return new Event<>(UUID.randomUUID().toString(), source, clock.instant(), data, traceparent);
    }

    private static String generated() {
        String suffix = UUID.randomUUID().toString().substring(0, SUFFIX);
        try {
            return "verifier-" + InetAddress.getLocalHost().getHostName() + "-" + suffix;
        } catch (UnknownHostException e) {
            // A host without a name: the suffix alone tells processes apart.
            return "verifier-" + suffix;
        }
    }
}
