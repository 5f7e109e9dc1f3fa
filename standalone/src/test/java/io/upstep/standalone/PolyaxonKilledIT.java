package io.upstep.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Upstep is killed at each step of an upgrade of Polyaxon that lasts long enough, and each time goes on where it was. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PolyaxonKilledIT {
    private static final Set<String> UNTOUCHED = Set.of("PENDING", "PASSED");

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
    void shouldSucceedAllTheSameWhenItIsKilledOnceAtEveryStepThatIsMet() throws Exception {
        PolyaxonScene scene = lab.platform("plx-killed", PolyaxonServers.OLD).installed("1.1.0", "{}");
        String plan = scene.submit("1.20.0", "{}");
        Set<String> killedAt = new HashSet<>();

        for (String step = next(plan, killedAt); step != null; step = next(plan, killedAt)) {
            lab.verbs().upstep().kill();
            killedAt.add(step);
            lab.verbs().upstep().restart();
            lab.verbs().upstep().awaitReady();
        }

        scene.ends(plan, "SUCCEEDED");
        // Some are over before anybody can look; those in which a Helm or a pg_dump works are not.
        assertThat(killedAt).hasSizeGreaterThan(3).contains("upgrade", "prove-backup");
        assertThat(scene.data())
                .anyMatch(row -> row.contains("0012_alter"))
                .anyMatch(row -> row.contains("project 120"));
        assertThat(lab.verbs().cluster().writes().violations()).isEmpty();
    }

    /** The step that is under way and at which it was not killed yet; null when the plan is over. */
    private String next(String plan, Set<String> killedAt) {
        String[] found = new String[1];
        await("the next step of " + plan)
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(20))
                .ignoreExceptions()
                .until(() -> {
                    JsonNode now = lab.client().plan(plan);
                    found[0] = null;
                    now.path("steps").forEach(step -> {
                        String id = step.path("id").asText();
                        if (!UNTOUCHED.contains(step.path("status").asText()) && !killedAt.contains(id)) {
                            found[0] = id;
                        }
                    });
                    return found[0] != null || now.has("finishedAt");
                });
        return found[0];
    }
}
