package io.upstep.planner.plan;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.upstep.event.CheckSpec;
import io.upstep.event.Fact;
import io.upstep.event.FactSpec;
import io.upstep.event.TimeLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Resolves every installation that has a version to as many steps as the fact {@code steps} says; refuses any other. */
public final class FakeResolver implements Resolver {
    public static final TimeLimits LIMITS = new TimeLimits(
            Duration.ofMinutes(30), Duration.ofSeconds(30), Duration.ofSeconds(20), Duration.ofMinutes(2));
    public static final int MAX_ATTEMPTS = 3;

    private final List<FactSpec> facts = new ArrayList<>(List.of(new FactSpec("version", "kubernetes.version", null)));

    /** As recipes do that were changed meanwhile. */
    void askAlsoFor(String fact) {
        facts.add(new FactSpec(fact, "kubernetes.count", null));
    }

    @Override
    public List<FactSpec> factsToObserve(Question question) {
        return List.copyOf(facts);
    }

    @Override
    public Resolution resolve(Question question, Map<String, Fact> facts) {
        Fact version = facts.get("version");
        if (version == null || !version.isKnown()) {
            return new Resolution.Refused(new Refusal(
                    "version-unknown", "the version cannot be told", "a version", "none", "look at it", List.of()));
        }
        int steps = facts.containsKey("steps") ? facts.get("steps").value().asInt() : 2;
        return new Resolution.Resolved(
                version.value().asText(),
                List.of(version.value().asText(), question.target()),
                IntStream.rangeClosed(1, steps)
                        .mapToObj(number -> kind(step(number), facts))
                        .toList(),
                List.of(new CheckSpec("kubernetes.version", null, null)),
                List.of(new CheckSpec("kubernetes.version", null, Duration.ofMinutes(1))),
                Map.of("fake/1.yaml", "sha256:1"),
                List.of());
    }

    /** The fact named like a step says what kind of step it is; reversible by an undo step if there is none. */
    private static PlannedStep kind(PlannedStep step, Map<String, Fact> facts) {
        Fact kind = facts.get(step.id());
        String word = kind == null ? "" : kind.value().asText();
        return switch (word) {
            case "restorable" -> with(step, PlannedStep.Reversibility.RESTORABLE, null);
            case "irreversible" -> with(step, PlannedStep.Reversibility.IRREVERSIBLE, null);
            case "proof" -> serving(checked(step), "backup", List.of());
            case "copy" -> serving(step, "backup", List.of());
            case "needs" ->
                serving(with(step, PlannedStep.Reversibility.RESTORABLE, step.undo()), null, List.of("backup"));
            case "copies" ->
                with(
                        step,
                        PlannedStep.Reversibility.REVERSIBLE,
                        new PlannedStep.Undo("only copies", null, null, null, null, 0, null, null));
            default -> step;
        };
    }

    private static PlannedStep with(PlannedStep s, PlannedStep.Reversibility reversibility, PlannedStep.Undo undo) {
        return new PlannedStep(
                s.id(),
                s.title(),
                s.source(),
                s.action(),
                s.with(),
                s.checks(),
                reversibility,
                s.maxAttempts(),
                s.limits(),
                s.expected(),
                undo,
                null);
    }

    private static PlannedStep checked(PlannedStep s) {
        return new PlannedStep(
                s.id(),
                s.title(),
                s.source(),
                s.action(),
                s.with(),
                List.of(new CheckSpec("looked-at", JsonNodeFactory.instance.objectNode(), null)),
                s.reversibility(),
                s.maxAttempts(),
                s.limits(),
                s.expected(),
                s.undo(),
                null);
    }

    private static PlannedStep serving(PlannedStep s, String restorePoint, List<String> needs) {
        return new PlannedStep(
                s.id(),
                s.title(),
                s.source(),
                s.action(),
                s.with(),
                s.checks(),
                s.reversibility(),
                s.maxAttempts(),
                s.limits(),
                s.expected(),
                s.undo(),
                s.undoes(),
                restorePoint,
                needs);
    }

    private static PlannedStep step(int number) {
        return new PlannedStep(
                "s" + number,
                "Step " + number,
                "guide, " + number,
                "noop",
                JsonNodeFactory.instance.objectNode(),
                List.of(),
                PlannedStep.Reversibility.REVERSIBLE,
                MAX_ATTEMPTS,
                LIMITS,
                null,
                new PlannedStep.Undo(
                        null,
                        "Take step " + number + " back",
                        "noop",
                        JsonNodeFactory.instance.objectNode(),
                        List.of(),
                        1,
                        LIMITS,
                        null),
                null);
    }
}
