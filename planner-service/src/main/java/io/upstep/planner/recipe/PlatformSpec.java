package io.upstep.planner.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;

/** {@code platform.yaml} as it is written; what each key means stands in platform.schema.json. */
record PlatformSpec(
        String platform,
        String title,
        String description,
        String source,
        Versions versions,
        Downgrade downgrade,
        Explanation noPath,
        LinkedHashMap<String, JsonNode> shared,
        LinkedHashMap<String, FactDeclaration> facts,
        List<ParameterDeclaration> parameters,
        List<BlockedEdge> blocked,
        List<RequiredStop> stops) {

    PlatformSpec {
        shared = shared == null ? new LinkedHashMap<>() : shared;
        parameters = parameters == null ? List.of() : List.copyOf(parameters);
        blocked = blocked == null ? List.of() : List.copyOf(blocked);
        stops = stops == null ? List.of() : List.copyOf(stops);
    }

    record Versions(String scheme, List<String> known, String pattern) {
        Versions {
            known = known == null ? List.of() : List.copyOf(known);
        }
    }

    /** @param allowed a CEL condition */
    record Downgrade(String allowed, String reason, String alternative, String source) {}

    record Explanation(String reason, String alternative, String source) {}

    record FactDeclaration(ValueType type, String description, String probe, ObjectNode with) {}

    record ParameterDeclaration(
            String name,
            ValueType type,
            boolean required,

            @com.fasterxml.jackson.annotation.JsonProperty("default")
            JsonNode defaultValue,

            String description,
            List<String> oneOf,
            String pattern) {
        ParameterDeclaration {
            oneOf = oneOf == null ? List.of() : List.copyOf(oneOf);
        }

        boolean hasDefault() {
            return defaultValue != null && !defaultValue.isNull();
        }
    }

    /** @param unless a CEL condition on what is known before the installation was observed; null: blocked for everybody */
    record BlockedEdge(String from, String to, String unless, String reason, String alternative, String source) {}

    record RequiredStop(String at, String reason, String source) {}
}
