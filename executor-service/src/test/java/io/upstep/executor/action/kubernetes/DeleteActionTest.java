package io.upstep.executor.action.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.upstep.event.Outcome;
import java.util.ArrayList;
import java.util.List;
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
    void shouldSayWhoseDeletionItIsBeforeItDeletesWhenItDeletes() {
        cluster.deploy("web", "shop/web:1.0", 1);
        List<String> marks = new ArrayList<>();
        first.beforeWrite(() -> marks.add(String.valueOf(
                cluster.deployment("web").getMetadata().getAnnotations().get("upstep.io/epoch"))));
        Outcome.Succeeded outcome = run(action, first, "{kind: Deployment, name: web}");

        assertThat(marks).containsExactly("null", "5");
        assertThat(outcome.details().path("changed")).hasSize(1);
    }

    @Test
    void shouldNotDeleteWhenANewerAttemptWritesAfterItWasMarked() {
        cluster.deploy("web", "shop/web:1.0", 1);
        int[] writes = new int[1];
        first.beforeWrite(() -> {
            if (++writes[0] == 2) {
                run(new ScaleAction(), new FakeContext(cluster, 2, 9), "{kind: Deployment, name: web, replicas: 2}");
            }
        });

        assertThat(failure(action, first, "{kind: Deployment, name: web}").code())
                .isEqualTo("fenced");
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
