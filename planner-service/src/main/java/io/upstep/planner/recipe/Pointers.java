package io.upstep.planner.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.BiConsumer;

/** JSON pointers (RFC 6901) into recipe files. */
final class Pointers {
    private Pointers() {}

    static String escaped(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }

    static String unescaped(String key) {
        return key.replace("~1", "/").replace("~0", "~");
    }

    /** Every single value below, with its pointer. */
    static void eachValue(JsonNode node, String pointer, BiConsumer<String, JsonNode> use) {
        if (node.isValueNode()) {
            use.accept(pointer, node);
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            eachValue(node.get(i), pointer + "/" + i, use);
        }
        node.properties().forEach(entry -> eachValue(entry.getValue(), pointer + "/" + escaped(entry.getKey()), use));
    }
}
