package io.upstep.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.jackson.JsonCloudEventData;
import io.cloudevents.jackson.JsonFormat;
import io.cloudevents.rw.CloudEventRWException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;

/**
 * Events to and from structured CloudEvents 1.0 JSON. Unknown fields are ignored, so that an older service understands a
 * newer one; an unknown type is not, because nobody here could act on it.
 */
public final class EventCodec {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new Jdk8Module())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS, SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .build();
    private static final JsonFormat FORMAT = new JsonFormat();
    private static final int SHOWN = 80;

    private EventCodec() {}

    /** The mapper that reads and writes event data, for whoever stores or shows it. Not to be reconfigured. */
    public static ObjectMapper mapper() {
        return MAPPER;
    }

    public static String encode(Event<?> event) {
        CloudEventBuilder builder = CloudEventBuilder.v1()
                .withId(event.id())
                .withSource(URI.create(event.source()))
                .withType(event.type().typeName())
                .withSubject(event.data().subject())
                .withTime(event.time().atOffset(ZoneOffset.UTC))
                .withExtension("partitionkey", event.data().subject())
                .withData("application/json", JsonCloudEventData.wrap(MAPPER.valueToTree(event.data())));
        if (event.traceparent() != null) {
            builder.withExtension("traceparent", event.traceparent());
        }
        return new String(FORMAT.serialize(builder.build()), StandardCharsets.UTF_8);
    }

    /** Reads an event of any type. */
    public static Event<?> decode(String json) throws MalformedEventException {
        CloudEvent envelope = envelope(json);
        EventType type = EventType.named(envelope.getType())
                .orElseThrow(() -> new MalformedEventException(
                        "expected a type of the io.upstep contract, came '" + envelope.getType() + "'"));
        Object traceparent = envelope.getExtension("traceparent");
        Instant time = envelope.getTime() == null ? null : envelope.getTime().toInstant();
        if (time == null) {
            throw new MalformedEventException("expected the attribute 'time', which is missing");
        }
        return new Event<>(
                envelope.getId(),
                envelope.getSource().toString(),
                time,
                data(envelope, type),
                traceparent == null ? null : traceparent.toString());
    }

    /** Reads an event that must be of one type, as every channel carries exactly one. */
    @SuppressWarnings("unchecked")
    public static <T extends EventData> Event<T> decode(String json, Class<T> expected) throws MalformedEventException {
        Event<?> event = decode(json);
        if (!expected.isInstance(event.data())) {
            throw new MalformedEventException("expected an event with data of " + expected.getSimpleName() + ", came "
                    + event.type().typeName());
        }
        return (Event<T>) event;
    }

    private static CloudEvent envelope(String json) throws MalformedEventException {
        try {
            return FORMAT.deserialize(json.getBytes(StandardCharsets.UTF_8));
        } catch (CloudEventRWException | IllegalArgumentException | NullPointerException e) {
            throw new MalformedEventException("expected a CloudEvents 1.0 JSON object, came '" + shown(json) + "': " + e.getMessage());
        }
    }

    private static EventData data(CloudEvent envelope, EventType type) throws MalformedEventException {
        JsonNode node = envelope.getData() instanceof JsonCloudEventData jsonData ? jsonData.getNode() : null;
        if (node == null || !node.isObject()) {
            throw new MalformedEventException("expected a JSON object as data of " + type.typeName());
        }
        try {
            return MAPPER.treeToValue(node, type.dataClass());
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new MalformedEventException("data of " + type.typeName() + " is not valid: " + reason(e));
        }
    }

    private static String reason(Exception e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof JsonProcessingException json ? json.getOriginalMessage() : cause.getMessage();
    }

    private static String shown(String json) {
        return json.length() <= SHOWN ? json : json.substring(0, SHOWN) + "…";
    }
}
