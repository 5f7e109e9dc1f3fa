package io.upstep.executor.action.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RolloutRestartActionTest extends ActionTestBase {
    private final RolloutRestartAction action = new RolloutRestartAction();

    @Test
    void shouldRestartOnceWhenItIsTriedTwice() {
        cluster.deploy("web", "shop/web:1.0", 1);
        long before = cluster.deployment("web").getMetadata().getGeneration();
        run(action, first, "{name: web}");
        run(action, first.next(), "{name: web}");

        assertThat(cluster.deployment("web").getMetadata().getGeneration()).isEqualTo(before + 1);
        assertThat(cluster.deployment("web")
                        .getSpec()
                        .getTemplate()
                        .getMetadata()
                        .getAnnotations())
                .containsKey("kubectl.kubernetes.io/restartedAt");
    }

    @Test
    void shouldRestartOnceMoreWhenEarlierAttemptsCountNoMore() {
        cluster.deploy("web", "shop/web:1.0", 1);
        long before = cluster.deployment("web").getMetadata().getGeneration();
        run(action, first, "{name: web}");
        FakeContext again = first.next().anew();
        run(action, again, "{name: web}");
        run(action, again.next(), "{name: web}");

        assertThat(cluster.deployment("web").getMetadata().getGeneration()).isEqualTo(before + 2);
    }

    @Test
    void shouldChangeNothingWhenItOnlyPreviews() {
        cluster.deploy("web", "shop/web:1.0", 1);

        assertThat(diff(preview(action, first, "{name: web}"))).contains("restartedAt");
        assertThat(cluster.deployment("web").getMetadata().getGeneration()).isEqualTo(1);
    }
}
