package io.upstep.planner.recipe;

import java.util.Map;
import java.util.TreeMap;

/** Holds what a recipe asks executors and verifiers for against what they are known to do. */
record WorkAdvice(KnownWork known) implements Advice {

    @Override
    public void give(YamlDocument document, Problems problems) {
        for (Work work : Work.in(document.tree())) {
            if (!known.knows(work)) {
                unknown(work, problems);
            }
            known.parameters(work).ifPresent(parameters -> compare(work, parameters, document, problems));
        }
    }

    private void unknown(Work work, Problems problems) {
        String key = work.kind().key();
        problems.add(
                work.pointer() + "/" + key,
                work.kind().unknown(),
                (key.equals("action") ? "an " : "a ") + key + " that is described or announced",
                "'" + work.name() + "'",
                Suggestion.or(
                        work.name(),
                        known.names(work.kind()),
                        "docs/reference/" + work.kind().page() + " lists those there are"));
    }

    private static void compare(Work work, Map<String, Boolean> parameters, YamlDocument document, Problems problems) {
        if (work.with() != null) {
            work.with().fieldNames().forEachRemaining(name -> requireKnown(work, name, parameters, document, problems));
        }
        parameters.forEach((name, required) -> {
            if (required && !work.has(name) && !isMisspelt(work, name, parameters)) {
                problems.add(
                        work.pointer() + "/with",
                        FaultCode.MISSING_PARAMETER,
                        "the parameter '" + name + "' of " + work.name(),
                        "none",
                        "add it under 'with'; docs/reference/" + work.kind().page() + " says what it means");
            }
        });
    }

    /** Then that is what is said. */
    private static boolean isMisspelt(Work work, String name, Map<String, Boolean> parameters) {
        return work.with() != null
                && work.with().properties().stream()
                        .map(Map.Entry::getKey)
                        .filter(given -> !parameters.containsKey(given))
                        .anyMatch(given -> Suggestion.of(given, parameters.keySet())
                                .filter(name::equals)
                                .isPresent());
    }

    private static void requireKnown(
            Work work, String name, Map<String, Boolean> parameters, YamlDocument document, Problems problems) {
        if (!parameters.containsKey(name)) {
            Map<String, Boolean> sorted = new TreeMap<>(parameters);
            problems.into()
                    .add(document.problemWithKey(
                            work.pointer() + "/with/" + Pointers.escaped(name),
                            new Fault(
                                    FaultCode.UNKNOWN_PARAMETER,
                                    sorted.isEmpty()
                                            ? "no parameters of " + work.name()
                                            : "the parameters of " + work.name() + ": "
                                                    + String.join(", ", sorted.keySet()),
                                    "'" + name + "'",
                                    Suggestion.or(name, sorted.keySet(), "rename it or leave it out"))));
        }
    }
}
