package io.upstep.standalone.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Submits one plan per site and watches what becomes of it. */
final class Watched {
    static final Duration PATIENCE = Duration.ofMinutes(2);

    private Watched() {}

    static void submit(Scene scene, Site site) {
        site.next(UUID.randomUUID().toString(), true);
        Upstep.Answer answer = await("the plan to be accepted")
                .atMost(PATIENCE)
                .until(() -> scene.upstep().submit(site.key(), site.submission()), Upstep.Answer::isGiven);
        site.accepted(answer.body().path("id").asText());
    }

    static Optional<JsonNode> plan(Scene scene, Site site) {
        return scene.upstep().plan(site.plan());
    }

    static Optional<JsonNode> step(Scene scene, Site site, String id) {
        return plan(scene, site).flatMap(plan -> {
            for (JsonNode step : plan.path("steps")) {
                if (step.path("id").asText().equals(id)) {
                    return Optional.of(step);
                }
            }
            return Optional.empty();
        });
    }

    static JsonNode attempts(Scene scene, Site site, String step) {
        return step(scene, site, step).map(found -> found.path("attempts")).orElse(MissingNode.getInstance());
    }

    static Victim executor(Scene scene, String worker) {
        return scene.victims(Role.EXECUTOR).stream()
                .filter(victim -> victim.name().equals(worker))
                .findFirst()
                .orElseThrow(() -> new AssertionError("expected one of the executors, came '" + worker + "'"));
    }

    static void ended(Scene scene, Site site, String status) {
        JsonNode plan = await("plan " + site.plan() + " to end")
                .atMost(PATIENCE)
                .until(() -> plan(scene, site).filter(Moment::isOver), Optional::isPresent)
                .orElseThrow();
        assertThat(plan.path("status").asText())
                .as(() -> plan.toPrettyString() + scene.logs())
                .isEqualTo(status);
    }
}
