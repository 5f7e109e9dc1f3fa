package io.upstep.planner.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import java.util.Locale;
import java.util.function.Predicate;

/** The types a fact or a parameter can have, in a recipe, in JSON and in a CEL expression. */
enum ValueType {
    BOOLEAN(SimpleType.BOOL, JsonNode::isBoolean),
    TEXT(SimpleType.STRING, JsonNode::isTextual),
    STRING(SimpleType.STRING, JsonNode::isTextual),
    INTEGER(SimpleType.INT, JsonNode::canConvertToExactIntegral),
    NUMBER(SimpleType.DOUBLE, JsonNode::isNumber),
    LIST(ListType.create(SimpleType.DYN), JsonNode::isArray),
    OBJECT(MapType.create(SimpleType.STRING, SimpleType.DYN), JsonNode::isObject),
    JSON(SimpleType.DYN, node -> true);

    private final CelType celType;
    private final Predicate<JsonNode> accepts;

    ValueType(CelType celType, Predicate<JsonNode> accepts) {
        this.celType = celType;
        this.accepts = accepts;
    }

    CelType celType() {
        return celType;
    }

    boolean accepts(JsonNode value) {
        return accepts.test(value);
    }

    /** The value as CEL reads one of this type. */
    Object toCel(JsonNode value) {
        return switch (this) {
            case INTEGER -> value.longValue();
            case NUMBER -> value.doubleValue();
            default -> CelValues.fromJson(value);
        };
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
