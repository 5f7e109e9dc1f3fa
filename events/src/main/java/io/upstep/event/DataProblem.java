package io.upstep.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;

/** Says in the contract's words, and not in Java's, what is wrong with the data of an event. */
final class DataProblem {
    private DataProblem() {}

    static String in(JsonNode data, JsonProcessingException e) {
        if (e instanceof ValueInstantiationException && e.getCause() != null) {
            // One of our constructors refused; it names the field itself.
            return Shown.of(String.valueOf(e.getCause().getMessage()));
        }
        if (e instanceof MismatchedInputException mismatch) {
            return "'" + path(mismatch) + "' must be " + expected(mismatch) + ", came " + Shown.of(at(data, mismatch));
        }
        return "'" + (e instanceof JsonMappingException mapping ? path(mapping) : "") + "': "
                + Shown.of(e.getOriginalMessage());
    }

    private static String expected(MismatchedInputException e) {
        if (e instanceof InvalidTypeIdException) {
            return "an object of a known kind";
        }
        Class<?> type = e.getTargetType();
        if (type == null) {
            return "something else";
        }
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(String::valueOf)
                            .collect(Collectors.joining(", "));
        }
        return expected(type);
    }

    private static String expected(Class<?> type) {
        if (type == String.class) {
            return "a text";
        } else if (type == Instant.class) {
            return "an RFC 3339 time such as 2026-11-20T09:00:00Z";
        } else if (type == Duration.class) {
            return "an ISO 8601 duration such as PT30S";
        } else if (type == boolean.class) {
            return "true or false";
        } else if (type == int.class || type == long.class) {
            return "a whole number";
        } else if (type == Double.class) {
            return "a number";
        }
        return Collection.class.isAssignableFrom(type) ? "an array" : "an object";
    }

    private static JsonNode at(JsonNode data, JsonMappingException e) {
        JsonNode node = data;
        for (JsonMappingException.Reference step : e.getPath()) {
            node = step.getFieldName() == null ? node.path(step.getIndex()) : node.path(step.getFieldName());
        }
        return node;
    }

    private static String path(JsonMappingException e) {
        return e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }
}
