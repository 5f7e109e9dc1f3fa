package io.upstep.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two Upsteps that know nothing of each other, with databases of their own, and one installation. */
class TwoUpstepsIT {

    @Test
    void shouldKeepOffAnInstallationUntilToldToAdoptThePlanWhenAnotherUpstepHasIt(@TempDir Path directory)
            throws Exception {
        try (VerbsLab lab = VerbsLab.start(directory);
                ServiceProcess second = lab.another(directory, "second")) {
            lab.demo("shared");
            PlannerClient other = new PlannerClient(second.uri());
            other.awaitWorkers("local");
            // It waits for pods that never become ready, and has the installation.
            String first = lab.upgradeDemo("shared", "1.1.0-never-ready");
            lab.awaitStep(first, "set-images VERIFYING");

            String body = VerbsLab.demo("shared", "1.2.0", "automatic");
            JsonNode refused = other.awaitEnd(other.submit(body));

            assertThat(refused.path("status").asText())
                    .as(refused.toPrettyString())
                    .isEqualTo("FAILED");
            assertThat(refused.at("/steps/0/attempts/0/outcome/code").asText()).isEqualTo("lease-held");
            assertThat(refused.at("/why/sentence").asText()).contains(first);
            assertThat(lab.client().plan(first).path("status").asText()).isEqualTo("RUNNING");

            lab.upstep().kill();
            String third = other.submit(VerbsIT.adopting(body, first));
            JsonNode ended = other.awaitEnd(third);

            assertThat(ended.path("status").asText()).as(ended.toPrettyString()).isEqualTo("SUCCEEDED");
            assertThat(lab.cluster().writes().violations()).isEmpty();

            // The first one comes back, finds that it has lost the installation, and says so.
            lab.upstep().restart();
            lab.upstep().awaitReady();
            JsonNode back = lab.client().awaitStatus(first, Set.of("FAILED"));
            assertThat(back.at("/completion/running/version/value").asText()).isEqualTo("1.2.0");
            assertThat(lab.cluster().writes().violations()).isEmpty();
        }
    }
}
