package io.upstep.verifier.check.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.upstep.event.Evidence;
import io.upstep.verifier.check.CheckContext;
import io.upstep.verifier.cluster.Kind;
import io.upstep.verifier.cluster.KubeObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Judges one pod.
 *
 * @param maxRestarts null if any number is acceptable that has come to rest
 */
record PodHealth(Duration minReady, Integer maxRestarts, CheckContext context) {
    /** A container that was restarted is believed to run when it has run for this long. */
    private static final Duration AT_REST = Duration.ofSeconds(10);

    Evidence of(KubeObject pod) {
        PodState state = new PodState(pod);
        if (pod.ownerOfKind("Job") != null && (state.hasFinished() || state.hasFailed())) {
            return ofJob(pod, state);
        }
        List<String> problems = problems(state);
        state.stuckContainers().forEach(stuck -> context.watch().stuck(pod.name() + " " + stuck));
        return problems.isEmpty()
                ? context.passed(pod.toString(), expected(), "ready, " + restarts(state))
                : context.failed(pod.toString(), expected(), String.join("; ", problems));
    }

    private List<String> problems(PodState state) {
        List<String> problems = new ArrayList<>();
        if (!state.isReady() || !state.stuckContainers().isEmpty()) {
            problems.add(state.describe());
        } else if (!minReady.isZero() && !hasBeenReady(state)) {
            problems.add(
                    "ready since " + state.readySince().map(Instant::toString).orElse("an unknown time"));
        }
        state.mainContainers().forEach(container -> restartProblem(container).ifPresent(problems::add));
        return problems;
    }

    private boolean hasBeenReady(PodState state) {
        return state.readySince()
                .filter(since -> !since.plus(minReady).isAfter(context.clock().instant()))
                .isPresent();
    }

    private Optional<String> restartProblem(JsonNode container) {
        int restarts = container.path("restartCount").asInt();
        String said = "container " + container.path("name").asText() + " restarted "
                + (restarts == 1 ? "once" : restarts + " times");
        if (maxRestarts != null && restarts > maxRestarts) {
            context.watch().stuck(said);
            return Optional.of(said);
        }
        String startedAt = container.at("/state/running/startedAt").asText("");
        boolean atRest = restarts == 0
                || startedAt.isEmpty()
                || !Instant.parse(startedAt)
                        .plus(AT_REST)
                        .isAfter(context.clock().instant());
        return atRest ? Optional.empty() : Optional.of(said + ", last at " + startedAt);
    }

    /** A Job may fail pods and try again: the Job knows whether it is done. */
    private Evidence ofJob(KubeObject pod, PodState state) {
        String job = pod.each("/metadata/ownerReferences").stream()
                .filter(owner -> owner.path("kind").asText().equals("Job"))
                .map(owner -> owner.path("name").asText())
                .findFirst()
                .orElseThrow();
        Optional<KubeObject> owner = context.cluster().get(Kind.builtIn("Job"), context.namespace(), job);
        if (owner.filter(o -> o.hasCondition("Failed", "True")).isPresent()) {
            context.watch().hopeless();
            return context.failed(pod.toString(), "Job " + job + " completes", "Job " + job + " has failed");
        }
        boolean done = state.hasFinished()
                || owner.filter(o -> o.hasCondition("Complete", "True")).isPresent();
        return context.judged(done, pod.toString(), "Job " + job + " completes", done ? "completed" : state.describe());
    }

    private String expected() {
        return "ready" + (minReady.isZero() ? "" : " for " + minReady.toSeconds() + " s")
                + (maxRestarts == null ? ", not restarting" : ", at most " + maxRestarts + " restarts");
    }

    private static String restarts(PodState state) {
        int restarts = state.mainContainers().stream()
                .mapToInt(container -> container.path("restartCount").asInt())
                .sum();
        return restarts == 1 ? "1 restart" : restarts + " restarts";
    }
}
