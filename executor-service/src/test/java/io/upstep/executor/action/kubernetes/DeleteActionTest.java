package io.upstep.executor.action.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.upstep.event.Outcome;
import org.junit.jupiter.api.Test;

class DeleteActionTest extends ActionTestBase {
    private final DeleteAction action = new DeleteAction();

    @Test
    void shouldWaitUntilItIsGoneWhenItDeletes() {
        cluster.deploy("web", "shop/web:1.0", 1);
        Outcome.Succeeded outcome =
                run(action, first, "{kind: Deployment, selector: app=web, propagation: foreground}");

        assertThat(outcome.summary()).isEqualTo("deleted: Deployment web");
        assertThat(cluster.deployment("web")).isNull();
    }

    @Test
    void shouldFailWhenTheSelectorMatchesNothingOnTheFirstAttempt() {
        assertThat(failure(action, first, "{kind: Deployment, selector: app=wbe}")
                        .code())
                .isEqualTo("selector-matches-nothing");
    }

    @Test
    void shouldSucceedWhenAnEarlierAttemptDeletedThem() {
        cluster.deploy("web", "shop/web:1.0", 1);
        run(action, first, "{kind: Deployment, selector: app=web}");

        assertThat(run(action, first.next(), "{kind: Deployment, selector: app=web}")
                        .summary())
                .isEqualTo("deleted by an earlier attempt: web");
    }

    @Test
    void shouldDeleteNothingWhenItOnlyPreviews() {
        cluster.deploy("web", "shop/web:1.0", 1);
        Outcome.Succeeded preview = preview(action, first, "{kind: Deployment, name: web}");

        assertThat(preview.summary()).isEqualTo("would be deleted: Deployment web");
        assertThat(diff(preview)).contains("-  name: web").doesNotContain("hunter2");
        assertThat(cluster.deployment("web")).isNotNull();
    }

    @Test
    void shouldNotDeleteWhenTheAttemptMayNotGoOn() {
        cluster.deploy("web", "shop/web:1.0", 1);
        first.stop();

        org.assertj.core.api.Assertions.assertThatThrownBy(() -> run(action, first, "{kind: Deployment, name: web}"))
                .hasMessage("stopped by the test");
        assertThat(cluster.deployment("web")).isNotNull();
    }

    @Test
    void shouldSayWhatItExpectedWhenBothNameAndSelectorCome() {
        assertThat(failure(action, first, "{kind: Deployment, name: web, selector: app=web}"))
                .hasMessageContaining("either 'name' or 'selector'");
    }
}
