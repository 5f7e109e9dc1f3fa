package io.upstep.planner.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.upstep.event.Outcome;
import io.upstep.event.StepProgressed.Phase;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WhysTest {

    private static Why why(Life life) {
        return Whys.of(life.plan, life.now);
    }

    @Test
    void shouldNameTheExecutorAndWhatItDoesWhenAStepRuns() {
        Life life = Life.running().accepted().progressed(Phase.EXECUTING, 2, "scaling down", null);

        assertThat(why(life).sentence()).isEqualTo("Step s1 (attempt 1 of 3) is carried out by e1: scaling down.");
        assertThat(why(life).releasedBy()).isEqualTo("executor e1");
        assertThat(why(life).nextAt()).isEqualTo(life.now.plus(FakeResolver.LIMITS.heartbeat()));
    }

    @Test
    void shouldSayWhatFailedAndWhenTheNextAttemptComesWhenOneFollows() {
        Life life = Life.running().completed(Outcome.Succeeded.of("done"), Life.failed("0 ready"));

        assertThat(why(life).sentence()).contains("saw 0 ready").endsWith(". The next attempt follows shortly.");
        assertThat(why(life).next()).isEqualTo("the planner makes attempt 2");
        assertThat(why(life).nextAt()).isEqualTo(life.now.plusSeconds(2));
    }

    @Test
    void shouldSayWhomACancelWaitsForWhenNobodyStopsTheStep() {
        Life life = Life.running().accepted().on(new Happening.Cancel("bob", "wrong day", false));
        assertThat(why(life).sentence()).contains("is being stopped: cancelled by bob: wrong day");

        life.untilTimer();

        assertThat(why(life).sentence()).contains("no executor of cluster east has answered since");
        assertThat(why(life).waitingFor()).isEqualTo("step.completed s1#1");
    }

    @Test
    void shouldSayWhoJudgesWhenTheStepsAreOver() {
        Life life = Life.running().passed().passed();
        assertThat(why(life).waitingFor()).startsWith("upgrade.completed p-v1-");

        life.untilTimer();

        assertThat(why(life).sentence()).contains("no verifier of cluster east has answered since");
    }

    @Test
    void shouldWaitForNothingWhenItIsOver() {
        Life life = Life.running().passed().passed().judged(Life.PASSED);

        assertThat(why(life))
                .isEqualTo(new Why(
                        "Done: polyaxon in east/polyaxon/polyaxon went from 1.8.0 to 1.9.0 at 10:00:00 UTC;"
                                + " the verifier made 1 observation, as expected.",
                        null,
                        null,
                        life.now,
                        null,
                        null,
                        null));
    }

    @Test
    void shouldCountTheObservationsAndNameWhatWasGoneWithoutWhenItIsDone() {
        Life life = Life.running()
                .completed(Outcome.Failed.retryable("busy", "busy"), Life.failed("x"))
                .on(new Happening.Skip("bob", "not needed here.", "s1"))
                .passed()
                .judged(Life.observations(17));
        life.now = life.now.plus(Duration.ofDays(1));

        assertThat(why(life).sentence())
                .endsWith(" at 20 Nov 2026, 10:00:00 UTC; the verifier made 17 observations, all as expected."
                        + " It went without step s1 (bob: not needed here).");
    }

    @Test
    void shouldSayWhereItFailedWhatRunsNowAndWhatCanBeDoneWhenItFailed() {
        Life life = Life.running()
                .completed(Outcome.Failed.of("no", "the image does not exist."), Life.failed("x"))
                .judged(Life.failed("x"));

        assertThat(why(life).sentence())
                .isEqualTo("Failed at step s1: the image does not exist. It runs 1.8.0 now."
                        + " A retry gives the step another attempt, mark-done says that it was done by hand, a skip goes"
                        + " without it. A rollback takes back what was done.");
    }

    @Test
    void shouldSayWhoCancelledWhenItWasCancelledBeforeOrAfterSomethingWasDone() {
        Happening cancel = new Happening.Cancel("bob", "wrong day", false);

        assertThat(why(Life.submitted(Submission.Start.MANUAL).observed(2).on(cancel))
                        .sentence())
                .isEqualTo("Cancelled by bob: wrong day. Nothing had been changed.");
        assertThat(why(Life.running().accepted().on(cancel).passed().judged(Life.failed("x")))
                        .sentence())
                .isEqualTo("Cancelled by bob: wrong day. It runs 1.8.0 now.");
    }

    @Test
    void shouldSayThatTheVerifiersHaveItWhenTheExecutorHasHandedOver() {
        Life life = Life.running().accepted().handedOver();

        assertThat(why(life).sentence())
                .isEqualTo(
                        "Step s1 (attempt 1 of 3) is executed and waits for a verifier of cluster east to check it.");
        assertThat(why(life).next()).isEqualTo("the planner looks again whether a verifier has answered");
        assertThat(why(life.untilTimer()).next()).startsWith("the planner makes another attempt");
    }
}
