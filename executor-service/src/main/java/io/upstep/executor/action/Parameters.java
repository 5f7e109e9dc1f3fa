package io.upstep.executor.action;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Reads a step's {@code with} into an action's parameter record: every key known, every type right, nothing guessed. */
public final class Parameters {
    // A tag written as the number 1.20 must not silently become "1.2": hence no coercion of scalars in any direction.
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(
                    DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(
                    LogicalType.Textual, text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .addModule(new SimpleModule().addDeserializer(Duration.class, new DurationDeserializer()))
            .build();

    private Parameters() {}

    /** @throws ActionException {@code invalid-parameters}, saying what was expected and what came */
    public static <P> P bind(String action, ObjectNode with, Class<P> type) {
        try {
            return MAPPER.treeToValue(with, type);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw ActionException.permanent(
                    "invalid-parameters", "the parameters of " + action + " are not valid: " + reason(e));
        }
    }

    /** The keys of a {@code with} block, as recipes write them. */
    public static List<String> keys(Class<?> type) {
        return Arrays.stream(type.getRecordComponents()).map(Parameters::key).toList();
    }

    private static String key(RecordComponent component) {
        // Not every word can be a component's name: wait cannot.
        JsonProperty named = component.getAccessor().getAnnotation(JsonProperty.class);
        return named == null ? component.getName() : named.value();
    }

    private static String reason(Exception e) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            return "expected the keys " + unknown.getKnownPropertyIds() + ", came '" + unknown.getPropertyName() + "'";
        }
        if (e instanceof ValueInstantiationException && e.getCause() != null) {
            return e.getCause().getMessage();
        }
        return e instanceof JsonMappingException mapping
                ? path(mapping) + mapping.getOriginalMessage()
                : e.getMessage();
    }

    private static String path(JsonMappingException e) {
        String path = e.getPath().stream()
                .map(step -> step.getFieldName() == null ? String.valueOf(step.getIndex()) : step.getFieldName())
                .collect(Collectors.joining("."));
        return path.isEmpty() ? "" : "'" + path + "': ";
    }
}
