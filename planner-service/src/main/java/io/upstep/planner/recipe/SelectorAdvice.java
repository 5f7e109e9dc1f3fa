package io.upstep.planner.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;

/** Finds actions that would change more objects than was meant. */
record SelectorAdvice() implements Advice {
    private static final List<String> NARROWING =
            List.of("name", "names", "selector", "selectors", "namePrefixes", "allow", "clusterScoped");

    @Override
    public void give(YamlDocument document, Problems problems) {
        Work.in(document.tree()).stream()
                .filter(work -> work.kind() == Work.Kind.ACTION && work.with() != null)
                .forEach(work -> judge(work, problems));
    }

    private static void judge(Work work, Problems problems) {
        String with = work.pointer() + "/with";
        boolean ofAKind = work.has("kind") || work.has("kinds");
        if (ofAKind && NARROWING.stream().noneMatch(work::has)) {
            broad(with, "'name' or 'selector'", "neither, which is all objects of the kind", problems);
        }
        JsonNode selector = work.with().path("selector");
        if (selector.isTextual() && matchesEverything(selector.textValue())) {
            broad(
                    with + "/selector",
                    "a selector that says which objects it means",
                    "'" + selector.textValue() + "', which matches nearly all",
                    problems);
        }
        if (selector.isObject() && selector.isEmpty()) {
            broad(with + "/selector", "a selector", "an empty one, which matches everything", problems);
        }
    }

    private static void broad(String pointer, String expected, String actual, Problems problems) {
        problems.add(
                pointer,
                FaultCode.BROAD_SELECTOR,
                expected,
                actual,
                "name what belongs to the installation, for example"
                        + " \"app.kubernetes.io/instance=${installation.release}\"");
    }

    /** Nothing in it says what an object must have; it only says what it must not. */
    private static boolean matchesEverything(String selector) {
        return Stream.of(selector.split(",(?![^(]*\\))"))
                .map(String::strip)
                .allMatch(term ->
                        term.isEmpty() || term.startsWith("!") || term.contains("!=") || term.contains(" notin "));
    }
}
