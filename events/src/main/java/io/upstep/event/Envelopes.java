package io.upstep.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudevents.CloudEvent;
import io.cloudevents.SpecVersion;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.jackson.JsonCloudEventData;
import io.cloudevents.jackson.JsonFormat;
import java.net.URI;
import java.time.ZoneOffset;
import java.util.List;

/** Writes and reads the CloudEvents envelope around the data. */
final class Envelopes {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(JsonFormat.getCloudEventJacksonModule())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final String SPEC_VERSION = "specversion";

    /** What is read. Everything else is an extension of somebody else's, which must not make the event unreadable. */
    private static final List<String> READ = List.of(
            SPEC_VERSION,
            "id",
            "source",
            "type",
            "subject",
            "time",
            "datacontenttype",
            "data",
            "data_base64",
            "traceparent");

    private Envelopes() {}

    static String write(Event<?> event, JsonNode data) {
        CloudEventBuilder builder = CloudEventBuilder.v1()
                .withId(event.id())
                .withSource(URI.create(event.source()))
                .withType(event.type().typeName())
                .withSubject(event.data().subject())
                .withTime(event.time().atOffset(ZoneOffset.UTC))
                .withExtension("partitionkey", event.data().subject())
                .withData("application/json", JsonCloudEventData.wrap(data));
        if (event.traceparent() != null) {
            builder.withExtension("traceparent", event.traceparent());
        }
        try {
            // To a String and not to bytes: a log line cut in the middle of a character must not make its event
            // unwritable.
            return MAPPER.writeValueAsString(builder.build());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "cannot write event " + event.id() + " of type "
                            + event.type().typeName(),
                    e);
        }
    }

    static CloudEvent read(String json) throws MalformedEventException {
        if (json == null) {
            throw new MalformedEventException("expected a CloudEvents 1.0 JSON object, came nothing");
        }
        try {
            return MAPPER.treeToValue(attributes(json), CloudEvent.class);
        } catch (JsonProcessingException e) {
            throw new MalformedEventException("expected a CloudEvents 1.0 JSON object, came " + Shown.of(json) + ": "
                    + Shown.of(e.getOriginalMessage()));
        }
    }

    private static ObjectNode attributes(String json) throws JsonProcessingException, MalformedEventException {
        if (!(MAPPER.readTree(json) instanceof ObjectNode node)) {
            throw new MalformedEventException("expected a CloudEvents 1.0 JSON object, came "
                    + (json.isBlank() ? "an empty text" : Shown.of(json)));
        }
        // The library also reads 0.3, whose meaning of data differs.
        if (!SpecVersion.V1.toString().equals(node.path(SPEC_VERSION).textValue())) {
            throw new MalformedEventException(
                    "expected the CloudEvents specversion \"1.0\", came " + Shown.of(node.get(SPEC_VERSION)));
        }
        node.retain(READ);
        node.properties().removeIf(attribute -> attribute.getValue().isNull());
        return node;
    }
}
