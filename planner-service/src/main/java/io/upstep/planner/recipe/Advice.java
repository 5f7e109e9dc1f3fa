package io.upstep.planner.recipe;

import java.util.List;

/** Something that a linter looks for in one well-formed file, beyond what keeps it from being loaded. */
interface Advice {

    void give(YamlDocument document, Problems problems);

    /** All that needs to know nothing of other files. */
    static List<Advice> all(KnownWork known) {
        return List.of(
                new WorkAdvice(known), new StepAdvice(), new ExitAdvice(), new NumberAdvice(), new SelectorAdvice());
    }
}
