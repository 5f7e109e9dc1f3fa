package io.upstep.planner.recipe;

import io.upstep.event.Fact;
import io.upstep.planner.plan.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Judges a recipe's conditions on the facts. One that cannot be evaluated counts as not met. */
record ConditionJudge(Scope scope, Map<String, Fact> facts) {

    /** @throws RefusedException with the first condition that is not met; the others stand in its evidence */
    void requireAll(Recipe recipe) throws RefusedException {
        List<Refusal> refusals = recipe.conditions().stream()
                .flatMap(condition -> judge(condition).stream())
                .toList();
        if (!refusals.isEmpty()) {
            throw new RefusedException(withOthers(refusals));
        }
    }

    private Optional<Refusal> judge(Recipe.Condition condition) {
        try {
            return condition.is().holds(scope) ? Optional.empty() : Optional.of(notMet(condition, "it does not hold"));
        } catch (CannotEvaluate e) {
            return Optional.of(
                    e.fact() == null
                            ? notMet(condition, e.getMessage())
                            : Refusals.factUnknown(e.fact(), facts.get(e.fact()), e.getMessage()));
        }
    }

    private Refusal notMet(Recipe.Condition condition, String actual) {
        RecipeSpec.Condition spec = condition.spec();
        List<String> evidence = new ArrayList<>();
        condition.is().variables().forEach(variable -> evidence.addAll(evidence(variable)));
        evidence.addAll(Refusals.lines(spec.source()));
        return new Refusal(
                "condition-not-met",
                Refusals.oneLine(spec.otherwise()),
                spec.is(),
                actual,
                spec.remedy() == null
                        ? "Change the installation so that the condition holds, and submit the plan again."
                        : Refusals.oneLine(spec.remedy()),
                evidence);
    }

    private List<String> evidence(String variable) {
        if (variable.startsWith(Vocabulary.FACTS)) {
            String fact = variable.substring(Vocabulary.FACTS.length());
            return Refusals.evidence(fact, facts.get(fact));
        }
        return List.of(variable + " = " + scope.bindings().get(variable));
    }

    private static Refusal withOthers(List<Refusal> refusals) {
        Refusal first = refusals.get(0);
        List<String> evidence = new ArrayList<>(first.evidence());
        refusals.stream().skip(1).forEach(other -> evidence.add("also: " + other.detail()));
        return new Refusal(first.code(), first.detail(), first.expected(), first.actual(), first.remedy(), evidence);
    }
}
