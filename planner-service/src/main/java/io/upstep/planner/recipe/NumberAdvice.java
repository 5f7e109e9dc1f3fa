package io.upstep.planner.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/** Finds versions that YAML has read as numbers, where a schema cannot know that a text was meant. */
record NumberAdvice() implements Advice {
    private static final Set<String> TEXTS = Set.of("tag", "version", "chartVersion", "server", "to", "image");

    @Override
    public void give(YamlDocument document, Problems problems) {
        Pointers.eachValue(document.tree(), "", (pointer, value) -> {
            if (value.isFloatingPointNumber()) {
                document.plain(pointer)
                        .filter(spelt -> isVersion(pointer, spelt, value))
                        .ifPresent(spelt -> problems.add(
                                pointer,
                                FaultCode.NUMBER_FOR_TEXT,
                                "a version in quotes",
                                "the number " + value.asText() + ", written " + spelt,
                                "write \"" + spelt + "\"; if a number is meant, write it without zeros at its end"));
            }
        });
    }

    private static boolean isVersion(String pointer, String spelt, JsonNode value) {
        String key = pointer.substring(pointer.lastIndexOf('/') + 1);
        return TEXTS.contains(key) || !spelt.equals(value.asText()) && spelt.matches("\\d+\\.\\d*0");
    }
}
