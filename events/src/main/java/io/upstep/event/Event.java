package io.upstep.event;

import java.time.Instant;
import java.util.UUID;

/**
 * One CloudEvent 1.0: the data and its envelope.
 *
 * @param id unique per event; a message delivered twice carries the same id
 * @param source the service instance that says it, for example {@code /upstep/planner}
 * @param traceparent W3C trace context, or null
 * @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md">CloudEvents 1.0</a>
 */
public record Event<T extends EventData>(String id, String source, Instant time, T data, String traceparent) {
    public Event {
        Require.text(id, "id");
        Require.text(source, "source");
        Require.present(time, "time");
        Require.present(data, "data");
    }

    /** A new event with a fresh id. */
    public static <T extends EventData> Event<T> of(String source, Instant time, T data) {
        return new Event<>(UUID.randomUUID().toString(), source, time, data, null);
    }

    public EventType type() {
        return EventType.of(data);
    }
}
