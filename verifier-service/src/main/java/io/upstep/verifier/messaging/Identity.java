package io.upstep.verifier.messaging;

import io.upstep.event.Event;
import io.upstep.event.EventData;
import io.upstep.event.EventType;
import io.upstep.verifier.VerifierConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

/** Who this verifier is in the events it publishes: a name no other process has. */
@ApplicationScoped
public class Identity {
    private static final String SOURCE = "/upstep/" + EventType.Role.VERIFIER.group();
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

    /** A sign of life of this verifier. */
    <T extends EventData> Event<T> event(T data) {
        return new Event<>(UUID.randomUUID().toString(), SOURCE + "/" + worker, clock.instant(), data, null);
    }

    /**
     * The answer to a question, which continues its trace. Whichever verifier gives it, it has the same source and id:
     * when two were asked, receivers recognise what they say as one event.
     *
     * @param question what is the same whenever the same question is asked
     */
    <T extends EventData> Event<T> answer(String question, T data, String traceparent) {
        String name = EventType.of(data).typeName() + " " + question;
        String id =
                UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
        return new Event<>(id, SOURCE, clock.instant(), data, traceparent);
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
