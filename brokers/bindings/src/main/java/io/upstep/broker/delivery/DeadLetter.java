package io.upstep.broker.delivery;

import io.upstep.broker.Envelope;
import java.util.HashMap;
import java.util.Map;

/** A message that was given up, with why, how often it was tried and where it came from in its headers. */
public final class DeadLetter {
    public static final String REASON = "upstep-reason";
    public static final String ATTEMPTS = "upstep-attempts";
    public static final String SOURCE = "upstep-source";

    /** Brokers bound their headers; a reason is for people, so a long one is cut. */
    private static final int LONGEST_REASON = 1000;

    private DeadLetter() {}

    static Envelope of(Envelope message, String reason, int attempts, String source) {
        Map<String, String> headers = new HashMap<>(message.headers());
        headers.put(REASON, reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON) + "...");
        headers.put(ATTEMPTS, Integer.toString(attempts));
        headers.put(SOURCE, source);
        return new Envelope(message.id(), message.key(), message.payload(), headers);
    }
}
