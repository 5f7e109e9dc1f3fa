package io.upstep.planner.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds facts, parameters and shared values that no file of the platform uses. */
final class UnusedNames {
    private static final Pattern NAME = Pattern.compile("\\b(facts|parameters|shared)\\.(\\w+)");
    /** What every platform has, whether or not a recipe speaks of it. */
    private static final Set<String> ALWAYS = Set.of("facts.installed", "facts.version");

    private final Set<String> used = new HashSet<>(ALWAYS);

    private UnusedNames(List<YamlDocument> documents) {
        documents.forEach(document -> Pointers.eachValue(document.tree(), "", (pointer, value) -> {
            if (value.isTextual()) {
                collect(value.textValue());
            }
        }));
    }

    static void find(List<YamlDocument> documents, List<RecipeProblem> into) {
        UnusedNames names = new UnusedNames(documents);
        documents.forEach(document -> names.look(document, new Problems(document, into)));
    }

    private void collect(String text) {
        Matcher matcher = NAME.matcher(text);
        while (matcher.find()) {
            used.add(matcher.group());
        }
    }

    private void look(YamlDocument document, Problems problems) {
        JsonNode tree = document.tree();
        // A fact that is described may be there for people to see.
        tree.path("facts").properties().stream()
                .filter(fact -> !fact.getValue().has("description"))
                .forEach(fact ->
                        require("facts." + fact.getKey(), "/facts/" + fact.getKey(), FaultCode.UNUSED_FACT, problems));
        tree.path("shared")
                .fieldNames()
                .forEachRemaining(
                        name -> require("shared." + name, "/shared/" + name, FaultCode.UNUSED_SHARED, problems));
        for (int i = 0; i < tree.path("parameters").size(); i++) {
            String name = tree.at("/parameters/" + i + "/name").asText();
            require("parameters." + name, "/parameters/" + i + "/name", FaultCode.UNUSED_PARAMETER, problems);
        }
    }

    private void require(String name, String pointer, FaultCode code, Problems problems) {
        if (!used.contains(name)) {
            problems.into()
                    .add(problems.document()
                            .problemWithKey(
                                    pointer,
                                    new Fault(
                                            code,
                                            "a file of the platform to use '" + name + "'",
                                            "none that does",
                                            code == FaultCode.UNUSED_FACT
                                                    ? "use it, leave it out, or describe it for people to see"
                                                    : "use it or leave it out")));
        }
    }
}
