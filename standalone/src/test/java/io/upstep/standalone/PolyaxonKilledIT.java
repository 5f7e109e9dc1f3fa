package io.upstep.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.upstep.simulator.Hold;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Upstep is killed at every step of an upgrade of Polyaxon, in the middle of a write, and each time goes on where it was. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PolyaxonKilledIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private PolyaxonLab lab;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        lab = PolyaxonLab.start(directory);
    }

    @AfterAll
    void stop() throws IOException {
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    void shouldSucceedAllTheSameWhenItIsKilledAtEveryStep() throws Exception {
        PolyaxonScene scene = lab.platform("plx-killed", PolyaxonServers.OLD).installed("1.1.0", "{}");
        Hold hold = holdWrite(2);
        String plan = scene.submit("1.20.0", "{}");
        await("the first step's second write").atMost(PATIENCE).until(() -> hold.held() == 1);
        lab.client().act(plan, "pause", "{}");
        List<String> killedAt = new ArrayList<>();
        kill(plan, hold, killedAt);

        while (!isOver(plan)) {
            int begun = begun(lab.client().plan(plan)).size();
            Hold next = holdWrite(2);
            goOneStep(plan);
            // Every step that begins writes a second time, if only to let go of the lease when it has passed already.
            await("a write of the next step of " + plan)
                    .atMost(PATIENCE)
                    .until(() -> next.held() == 1 || isStandingAt(begun, plan));
            if (next.held() == 1 && !isOver(plan)) {
                kill(plan, next, killedAt);
            } else {
                next.release();
            }
        }

        JsonNode ended = scene.ends(plan, "SUCCEEDED");
        assertThat(killedAt).containsExactlyElementsOf(ended.path("steps").findValuesAsText("id"));
        assertThat(scene.data())
                .anyMatch(row -> row.contains("0012_alter"))
                .anyMatch(row -> row.contains("project 120"));
        assertThat(lab.verbs().cluster().writes().violations()).isEmpty();
    }

    /** The first write of a step takes the lease; the second is, for most, the first of their work. */
    private Hold holdWrite(int number) {
        AtomicInteger writes = new AtomicInteger();
        return lab.verbs()
                .cluster()
                .knobs()
                .hold(
                        request -> request.isWrite()
                                && request.path().contains("/namespaces/plx-killed/")
                                && !request.query().contains("dryRun")
                                && writes.incrementAndGet() >= number,
                        1);
    }

    /** Some only read, and their second write is the one that lets go of the lease: by then the step may have passed. */
    private static List<String> begun(JsonNode plan) {
        return StreamSupport.stream(plan.path("steps").spliterator(), false)
                .filter(step -> !step.path("status").asText().equals("PENDING"))
                .map(step -> step.path("id").asText())
                .toList();
    }

    /** Kills it while the write is on its way, lets the write arrive late, and waits until the step is over all the same. */
    private void kill(String plan, Hold hold, List<String> killedAt) throws IOException {
        List<String> begun = begun(lab.client().plan(plan));
        String step = begun.get(begun.size() - 1);
        killedAt.add(step);
        lab.verbs().upstep().kill();
        hold.release();
        lab.verbs().upstep().restart();
        lab.verbs().upstep().awaitReady();
        await("plan " + plan + " to stand").atMost(PATIENCE).ignoreExceptions().until(() -> isStanding(plan));
        while (!isOver(plan) && !hasPassed(plan, step)) {
            // Nothing is written before the pause is said: else, on a slow machine, the next step is over by then.
            Hold first = holdWrite(1);
            goOneStep(plan);
            await("a write of step " + step + " of " + plan)
                    .atMost(PATIENCE)
                    .until(() -> first.held() == 1 || isStanding(plan));
            if (first.held() == 1
                    && hasPassed(plan, step)
                    && begun(lab.client().plan(plan)).size() > begun.size()) {
                kill(plan, first, killedAt);
            } else {
                first.release();
                await("step " + step + " of " + plan).atMost(PATIENCE).until(() -> isStanding(plan));
            }
        }
    }

    private void goOneStep(String plan) {
        lab.client().act(plan, "resume", "{}");
        lab.client().act(plan, "pause", "{}");
    }

    private boolean hasPassed(String plan, String step) {
        return VerbsLab.steps(lab.client().plan(plan)).contains(step + " PASSED");
    }

    private boolean isStanding(String plan) {
        return isOver(plan) || lab.client().plan(plan).path("status").asText().equals("PAUSED");
    }

    /** Stands, and no step has begun that was not among so many. */
    private boolean isStandingAt(int begun, String plan) {
        JsonNode now = lab.client().plan(plan);
        boolean stands = now.has("finishedAt") || now.path("status").asText().equals("PAUSED");
        return stands && begun(now).size() == begun;
    }

    private boolean isOver(String plan) {
        return lab.client().plan(plan).has("finishedAt");
    }
}
