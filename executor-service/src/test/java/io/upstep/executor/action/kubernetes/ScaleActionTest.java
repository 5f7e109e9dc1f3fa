package io.upstep.executor.action.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.upstep.event.Outcome;
import org.junit.jupiter.api.Test;

class ScaleActionTest extends ActionTestBase {
    private static final String TO_NONE = "{kind: Deployment, selector: app=web, replicas: 0}";
    private final ScaleAction action = new ScaleAction();

    @Test
    void shouldWaitForTheCountAndTellTheOldOneWhenItScales() {
        cluster.deploy("web", "shop/web:1.0", 2);
        run(new WaitAction(), first, "{kind: Deployment, name: web, condition: Available}");
        Outcome.Succeeded outcome = run(action, first, TO_NONE);

        assertThat(outcome.details()
                        .at("/replicasBefore")
                        .path("Deployment web")
                        .asInt())
                .isEqualTo(2);
        Integer left = cluster.deployment("web").getStatus().getReplicas();
        assertThat(left == null ? 0 : left).isZero();
    }

    @Test
    void shouldStillTellTheFirstCountWhenALaterAttemptScalesAgain() {
        cluster.deploy("web", "shop/web:1.0", 2);
        run(action, first, TO_NONE);
        Outcome.Succeeded again = run(action, first.next(), TO_NONE);

        assertThat(again.summary()).isEqualTo("scaled to 0 already: Deployment web");
        assertThat(again.details().at("/replicasBefore").path("Deployment web").asInt())
                .isEqualTo(2);
    }

    @Test
    void shouldChangeNothingWhenItOnlyPreviews() {
        cluster.deploy("web", "shop/web:1.0", 2);
        Outcome.Succeeded preview = preview(action, first, TO_NONE);

        assertThat(diff(preview)).contains("-  replicas: 2", "+  replicas: 0");
        assertThat(cluster.deployment("web").getSpec().getReplicas()).isEqualTo(2);
    }

    @Test
    void shouldFailWhenTheObjectHasNoReplicas() {
        run(new ApplyAction(), first, "manifests: [{apiVersion: v1, kind: ConfigMap, metadata: {name: c}}]");

        assertThat(failure(action, first.next(), "{kind: ConfigMap, name: c, replicas: 1}")
                        .code())
                .isEqualTo("not-scalable");
    }

    @Test
    void shouldRefuseWhenReplicasIsNoNumber() {
        assertThat(failure(action, first, "{kind: Deployment, name: web, replicas: '2'}")
                        .code())
                .isEqualTo("invalid-parameters");
    }
}
