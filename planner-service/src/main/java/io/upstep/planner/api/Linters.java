package io.upstep.planner.api;

import io.upstep.planner.recipe.Linter;
import jakarta.enterprise.context.ApplicationScoped;

/** Keeps the linter, which is made when somebody first asks for it: most planners are never asked. */
@ApplicationScoped
public class Linters {
    private Linter linter;

    synchronized Linter get() {
        if (linter == null) {
            linter = Linter.create();
        }
        return linter;
    }
}
