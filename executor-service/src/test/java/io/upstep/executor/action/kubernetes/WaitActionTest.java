package io.upstep.executor.action.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WaitActionTest extends ActionTestBase {
    private final WaitAction action = new WaitAction();

    @Test
    void shouldWaitUntilTheConditionIsTrue() {
        cluster.deploy("web", "shop/web:1.0", 1);

        assertThat(run(action, first, "{kind: Deployment, selector: app=web, condition: Available}")
                        .summary())
                .isEqualTo("Deployments with app=web is Available");
    }

    @Test
    void shouldSayWhatWasMissingWhenTimeRanOut() {
        cluster.deploy("web", "shop/web:1.0", 1);
        var failure = failure(action, first, "{kind: Deployment, name: web, condition: Enlightened, timeout: 1s}");

        assertThat(failure.code()).isEqualTo("condition-not-met");
        assertThat(failure).hasMessageContaining("Deployment web").hasMessageContaining("no such condition");
    }

    @Test
    void shouldBeDoneWhenNothingIsThereAndThatIsWhatItWaitsFor() {
        run(action, first, "{kind: Deployment, name: web, condition: deleted}");
    }

    @Test
    void shouldOnlyLookWhenItOnlyPreviews() {
        assertThat(preview(action, first, "{kind: Deployment, name: web, condition: Available}")
                        .summary())
                .startsWith("would wait: expected Deployment web");
    }
}
