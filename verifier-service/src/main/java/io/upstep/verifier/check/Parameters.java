package io.upstep.verifier.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;

/** Binds a {@code with} block to a parameter record, strictly: a key nobody knows is a mistake, not a wish ignored. */
public final class Parameters {
    private static final ObjectMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .build();

    private Parameters() {}

    public static <P> P bind(String name, ObjectNode with, Class<P> type) throws BadParametersException {
        refuseUnknown(name, with, type);
        try {
            return STRICT.treeToValue(with, type);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new BadParametersException("the parameters of " + name + " are not right: " + reason(e));
        }
    }

    /** Said first: a misspelt key is usually also why another seems to be missing. */
    private static void refuseUnknown(String name, ObjectNode with, Class<?> type) throws BadParametersException {
        List<String> known = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
        Iterator<String> keys = with.fieldNames();
        while (keys.hasNext()) {
            String key = keys.next();
            if (!known.contains(key)) {
                throw new BadParametersException(
                        "the parameters of " + name + " are not right: expected " + known + ", came '" + key + "'");
            }
        }
    }

    private static String reason(Exception e) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            return "expected " + unknown.getKnownPropertyIds() + ", came '" + unknown.getPropertyName() + "'";
        }
        if (e instanceof JsonMappingException mapping) {
            return mapping.getCause() instanceof IllegalArgumentException own
                    ? own.getMessage()
                    : path(mapping) + mapping.getOriginalMessage();
        }
        return e.getMessage();
    }

    private static String path(JsonMappingException e) {
        return e.getPath().isEmpty()
                ? ""
                : "'"
                        + e.getPath().stream()
                                .map(step ->
                                        step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                                .collect(Collectors.joining("."))
                        + "': ";
    }
}
