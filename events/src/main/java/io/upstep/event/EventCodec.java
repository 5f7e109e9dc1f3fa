package io.upstep.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.cloudevents.CloudEvent;
import io.cloudevents.jackson.JsonCloudEventData;

/**
 * Events to and from structured CloudEvents 1.0 JSON. Unknown fields are ignored, so that an older service understands a
 * newer one; an unknown type is not, because nobody here could act on it.
 */
public final class EventCodec {
    private static final ObjectMapper MAPPER = mapperBuilder().build();

    /** Reads what others wrote: a number is not taken for a text, nor 1.5 for 1. */
    private static final ObjectMapper STRICT = mapperBuilder()
            .addModule(new StrictTimeModule())
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .withCoercionConfig(
                    LogicalType.Textual, config -> config.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail))
            .build();

    private EventCodec() {}

    /** The mapper that reads and writes event data, for whoever stores or shows it. Not to be reconfigured. */
    public static ObjectMapper mapper() {
        return MAPPER;
    }

    public static String encode(Event<?> event) {
        return Envelopes.write(event, MAPPER.valueToTree(event.data()));
    }

    /** Reads an event of any type. */
    public static Event<?> decode(String json) throws MalformedEventException {
        CloudEvent envelope = Envelopes.read(json);
        EventType type = EventType.named(envelope.getType())
                .orElseThrow(() -> new MalformedEventException(
                        "expected a type of the io.upstep contract, came " + Shown.of("'" + envelope.getType() + "'")));
        return event(envelope, type);
    }

    /** Reads an event that must be of one type, as every channel carries exactly one. */
    @SuppressWarnings("unchecked")
    public static <T extends EventData> Event<T> decode(String json, Class<T> expected) throws MalformedEventException {
        Event<?> event = decode(json);
        if (!expected.isInstance(event.data())) {
            throw new MalformedEventException(
                    "expected an event of type " + EventType.carrying(expected).typeName() + ", came "
                            + event.type().typeName());
        }
        return (Event<T>) event;
    }

    private static Event<?> event(CloudEvent envelope, EventType type) throws MalformedEventException {
        EventData data = data(envelope, type);
        Object traceparent = envelope.getExtension("traceparent");
        try {
            return new Event<>(
                    envelope.getId(),
                    envelope.getSource().toString(),
                    envelope.getTime() == null ? null : envelope.getTime().toInstant(),
                    data,
                    traceparent == null ? null : traceparent.toString());
        } catch (IllegalArgumentException e) {
            throw new MalformedEventException(
                    "expected a complete CloudEvents envelope of " + type.typeName() + ", but " + e.getMessage());
        }
    }

    private static EventData data(CloudEvent envelope, EventType type) throws MalformedEventException {
        JsonNode node = envelope.getData() instanceof JsonCloudEventData jsonData ? jsonData.getNode() : null;
        if (node == null || !node.isObject()) {
            throw new MalformedEventException(
                    "expected a JSON object as data of " + type.typeName() + ", came " + Shown.of(node));
        }
        try {
            return STRICT.treeToValue(node, type.dataClass());
        } catch (JsonProcessingException e) {
            throw new MalformedEventException(
                    "expected valid data of " + type.typeName() + ", but " + DataProblem.in(node, e));
        }
    }

    private static JsonMapper.Builder mapperBuilder() {
        return JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .addModule(new Jdk8Module())
                .disable(
                        SerializationFeature.WRITE_DATES_AS_TIMESTAMPS,
                        SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .serializationInclusion(JsonInclude.Include.NON_NULL);
    }
}
