package io.upstep.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every record has the fields of its schema, of the same type, and every field says what it means. */
class SchemaFieldsTest {
    private static final Map<Type, String> JSON_TYPES = Map.of(
            String.class, "string",
            int.class, "integer",
            long.class, "integer",
            Double.class, "number",
            boolean.class, "boolean",
            ObjectNode.class, "object");

    @ParameterizedTest
    @EnumSource(EventType.class)
    void shouldHaveTheSameFieldsWhenItIsAnEvent(EventType type) {
        sameFields(type.dataClass(), Schemas.tree(type.channel()), Set.of());
    }

    static Stream<Class<?>> words() {
        return Stream.of(
                Installation.class,
                AttemptId.class,
                CheckSpec.class,
                FactSpec.class,
                Fact.class,
                Evidence.class,
                TimeLimits.class,
                AcceptedRisk.class,
                WorkerSeen.ClusterSeen.class);
    }

    @ParameterizedTest
    @MethodSource("words")
    void shouldHaveTheSameFieldsWhenItIsAWord(Class<?> word) {
        sameFields(word, Schemas.word(word.getSimpleName()), Set.of());
    }

    @Test
    void shouldHaveTheSameFieldsWhenItIsAnOutcome() {
        for (Class<?> outcome : Outcome.class.getPermittedSubclasses()) {
            sameFields(outcome, Schemas.word(outcome.getSimpleName()), Set.of("kind"));
        }
    }

    @Test
    void shouldHaveTheSameFieldsWhenItIsAVerdict() {
        for (Class<?> verdict : Verdict.class.getPermittedSubclasses()) {
            sameFields(verdict, Schemas.word("Verdict"), Set.of("result"));
        }
    }

    @Test
    void shouldDefineNothingElseWhenWordsAreShared() {
        Set<String> names = new TreeSet<>(words().map(Class::getSimpleName).toList());
        names.addAll(List.of("Outcome", "Succeeded", "Failed", "Cancelled", "Verdict", "Time", "Duration"));

        assertThat(Schemas.tree(Schemas.VOCABULARY).path("$defs").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void shouldListEveryTypeWhenItIsTheEnvelope() {
        assertThat(Schemas.tree(Schemas.ENVELOPE)
                        .at("/properties/type/enum")
                        .valueStream()
                        .map(JsonNode::asText))
                .containsExactly(Arrays.stream(EventType.values())
                        .map(EventType::typeName)
                        .toArray(String[]::new));
    }

    private static void sameFields(Class<?> record, JsonNode schema, Set<String> discriminator) {
        Set<String> expected = new TreeSet<>(discriminator);
        for (RecordComponent component : record.getRecordComponents()) {
            expected.add(component.getName());
            sameType(
                    component.getGenericType(),
                    schema.path("properties").path(component.getName()),
                    component.toString());
        }
        assertThat(schema.path("properties").fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(expected);
        schema.path("properties").properties().forEach(field -> assertThat(described(field.getValue()))
                .as("the description of %s", field.getKey())
                .isTrue());
    }

    private static boolean described(JsonNode field) {
        return !field.path("description").asText().isBlank();
    }

    private static void sameType(Type type, JsonNode schema, String what) {
        if (type instanceof ParameterizedType generic) {
            boolean list = generic.getRawType() == List.class;
            assertThat(types(schema)).as(what).contains(list ? "array" : "object");
            Type item = generic.getActualTypeArguments()[list ? 0 : 1];
            sameType(item, schema.path(list ? "items" : "additionalProperties"), what);
        } else if (JSON_TYPES.containsKey(type)) {
            assertThat(types(schema)).as(what).contains(JSON_TYPES.get(type));
        } else if (type instanceof Class<?> enumeration && enumeration.isEnum()) {
            assertThat(schema.path("enum")
                            .valueStream()
                            .filter(JsonNode::isTextual)
                            .map(JsonNode::asText))
                    .as(what)
                    .containsExactly(Arrays.stream(enumeration.getEnumConstants())
                            .map(String::valueOf)
                            .toArray(String[]::new));
        } else if (type != JsonNode.class) {
            JsonNode reference = schema.has("anyOf") ? schema.at("/anyOf/0") : schema;
            assertThat(Schemas.wordNamed(reference)).as(what).isEqualTo(word(type));
        }
    }

    private static String word(Type type) {
        return type == Instant.class ? "Time" : type == Duration.class ? "Duration" : ((Class<?>) type).getSimpleName();
    }

    private static List<String> types(JsonNode schema) {
        JsonNode type = schema.path("type");
        return type.isArray() ? type.valueStream().map(JsonNode::asText).toList() : List.of(type.asText());
    }
}
