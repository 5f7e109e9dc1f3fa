package io.upstep.planner.recipe;

import java.util.List;
import java.util.stream.Collectors;

/** Recipes that cannot be used, with everything that is wrong with them. */
public class InvalidRecipeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<RecipeProblem> problems;

    InvalidRecipeException(List<RecipeProblem> problems) {
        super(problems.stream().map(RecipeProblem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    InvalidRecipeException(RecipeProblem problem) {
        this(List.of(problem));
    }

    public List<RecipeProblem> problems() {
        return problems;
    }
}
