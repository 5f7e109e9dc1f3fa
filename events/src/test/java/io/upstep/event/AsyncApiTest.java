package io.upstep.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The AsyncAPI document says what the code does, and nothing else. */
class AsyncApiTest {
    private static final String DOCUMENT = "docs/reference/asyncapi.yaml";
    private static final String SCHEMA = "classpath:asyncapi/asyncapi-3.0.0.schema.json";

    private static JsonNode document;

    @BeforeAll
    static void read() throws IOException {
        document = new ObjectMapper(new YAMLFactory()).readTree(Repository.read(DOCUMENT));
    }

    @Test
    void shouldBeValidWhenJudgedByTheAsyncApiSchema() {
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7);

        assertThat(registry.getSchema(SchemaLocation.of(SCHEMA)).validate(document.toString(), InputFormat.JSON))
                .isEmpty();
    }

    @Test
    void shouldHaveNoOtherChannelWhenTheCodeHasNone() {
        Set<String> names =
                Arrays.stream(EventType.values()).map(AsyncApiTest::name).collect(Collectors.toSet());

        assertThat(document.path("channels").fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(names);
        assertThat(document.at("/components/messages").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrderElementsOf(names);
        assertThat(operations().map(AsyncApiTest::channelOf)).allMatch(names::contains);
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void shouldBeRoutedAsInTheCodeWhenItIsAChannel(EventType type) {
        JsonNode channel = document.path("channels").path(name(type));
        String address = type.channel() + (type.routedByCluster() ? ".{cluster}" : "");

        assertThat(channel.path("address").asText()).isEqualTo(address);
        assertThat(channel.path("parameters").has("cluster")).isEqualTo(type.routedByCluster());
        assertThat(channel.at("/bindings/amqp/exchange/name").asText()).isEqualTo("upstep.v1");
        assertThat(channel.at("/bindings/amqp/is").asText()).isEqualTo("routingKey");
        assertThat(channel.at("/bindings/kafka/topic").asText()).isEqualTo("upstep." + address);
        assertThat(channel.path("x-redis-stream").asText()).isEqualTo("upstep:" + address);
        assertThat(channel.path("messages").fieldNames()).toIterable().containsExactly(name(type));
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void shouldBeReceivedByTheSameRoleWhenItIsAChannel(EventType type) {
        List<JsonNode> operations = operations("receive", type);

        assertThat(operations.stream().map(AsyncApiTest::role))
                .containsOnlyOnce(type.receiver().group());
        assertThat(operations.stream().map(AsyncApiTest::role))
                .isSubsetOf(type.receiver().group(), "subscriber");
        assertThat(operations.stream()
                        .filter(operation -> operation.has("bindings"))
                        .map(operation ->
                                operation.at("/bindings/kafka/groupId/const").asText()))
                .containsExactly(type.receiver().group());
        assertThat(operations("send", type)).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void shouldReferToItsSchemasAndExampleWhenItIsAMessage(EventType type) {
        JsonNode message = document.at("/components/messages").path(name(type));

        assertThat(message.path("name").asText()).isEqualTo(type.typeName());
        assertThat(message.path("title").asText())
                .isEqualTo(Schemas.tree(type.channel()).path("title").asText());
        assertThat(message.at("/payload/allOf/0/$ref").asText())
                .endsWith(Schemas.FOLDER + Schemas.file(Schemas.ENVELOPE));
        assertThat(message.at("/payload/allOf/1/properties/type/const").asText())
                .isEqualTo(type.typeName());
        assertThat(message.at("/payload/allOf/1/properties/data/$ref").asText())
                .endsWith(Schemas.FOLDER + Schemas.file(type.channel()));
        assertThat(message.at("/examples/0/payload/$ref").asText()).endsWith("/golden/" + type.channel() + ".v1.json");
    }

    @Test
    void shouldFindWhatItRefersToWhenFollowed() {
        for (String reference : document.findValuesAsText("$ref")) {
            if (reference.startsWith("#")) {
                assertThat(document.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse();
            } else {
                assertThat(Files.exists(Repository.path(DOCUMENT).resolveSibling(reference)))
                        .as(reference)
                        .isTrue();
            }
        }
    }

    private static List<JsonNode> operations(String action, EventType type) {
        return operations()
                .filter(operation -> operation.path("action").asText().equals(action))
                .filter(operation -> channelOf(operation).equals(name(type)))
                .toList();
    }

    private static Stream<JsonNode> operations() {
        return document.path("operations").valueStream();
    }

    private static String channelOf(JsonNode operation) {
        return operation.at("/channel/$ref").asText().replaceFirst("#/channels/", "");
    }

    private static String role(JsonNode operation) {
        return operation.at("/tags/0/name").asText();
    }

    /** {@code step.requested} is {@code stepRequested} there. */
    private static String name(EventType type) {
        String[] words = type.channel().split("\\.");
        return words[0]
                + Arrays.stream(words)
                        .skip(1)
                        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                        .collect(Collectors.joining());
    }
}
