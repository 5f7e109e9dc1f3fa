package io.upstep.executor.action.pachyderm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.upstep.event.Outcome;
import io.upstep.executor.action.StoppedException;
import org.junit.jupiter.api.Test;

class PauseActionTest extends PachydermTestBase {
    private final PauseAction pause = new PauseAction(routes);
    private final ResumeAction resume = new ResumeAction(routes);

    @Test
    void shouldHaveAllStandStillAndStartAgainOnlyThoseThatRan() {
        Outcome.Succeeded paused = run(pause, first, with("into"));

        assertThat(paused.details().path("running").toString()).isEqualTo("[\"edges-1\"]");
        assertThat(etcd.running()).containsEntry("edges-1", false).containsEntry("edges-2", false);

        assertThat(run(resume, first, with("from")).details().path("started").toString())
                .isEqualTo("[\"edges-1\"]");
        assertThat(etcd.running()).containsEntry("edges-1", true).containsEntry("edges-2", false);
    }

    @Test
    void shouldStillKnowWhichOnesRanWhenItWasCutOffAndTriedAgain() {
        int[] writes = new int[1];
        first.beforeWrite(() -> {
            if (++writes[0] == 2) {
                throw new StoppedException("cut off by the test");
            }
        });
        assertThatThrownBy(() -> run(pause, first, with("into"))).hasMessageContaining("cut off");
        assertThat(etcd.running()).containsEntry("edges-1", true);

        first.beforeWrite(() -> {});
        run(pause, first, with("into"));
        run(pause, first.next(), with("into"));
        run(resume, first.next(), with("from"));
        assertThat(etcd.running()).containsEntry("edges-1", true).containsEntry("edges-2", false);
    }

    @Test
    void shouldWaitUntilTheirWorkersAreGoneAndNotOnlyUntilTheyAreToldTo() {
        etcd.stopAfterLooks(3);

        run(pause, first, with("into"));

        assertThat(etcd.isStill("edges-1")).isTrue();
    }

    @Test
    void shouldStartAgainWhatWasMadeBetweenTwoAttempts() {
        run(pause, first, with("into"));
        etcd.createPipeline("edges-9", "images-1");
        run(pause, first.next(), with("into"));
        assertThat(etcd.running()).containsEntry("edges-9", false);

        run(resume, first.next(), with("from"));

        assertThat(etcd.running())
                .containsEntry("edges-9", true)
                .containsEntry("edges-1", true)
                .containsEntry("edges-2", false);
    }

    @Test
    void shouldHaveNothingToResumeWhenNothingWasPaused() {
        assertThat(run(resume, first, with("from")).summary()).isEqualTo("no pipeline was paused");
    }

    @Test
    void shouldStopNothingWhenItOnlyPreviews() {
        assertThat(preview(pause, first, with("into")).summary()).isEqualTo("would pause the pipelines [edges-1]");
        assertThat(etcd.running()).containsEntry("edges-1", true);
    }

    @Test
    void shouldSayThatPachdIsAwayWhenItIs() {
        String with = with("into");
        pachd.close();

        var failed = failure(pause, first, with);
        assertThat(failed.code()).isEqualTo("pachd-away");
        assertThat(((Outcome.Failed) failed.outcome()).retryable()).isTrue();
    }

    private String with(String key) {
        return at(pachd) + "\n" + key + ": pipelines";
    }
}
