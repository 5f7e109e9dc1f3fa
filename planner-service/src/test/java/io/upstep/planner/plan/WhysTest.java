package io.upstep.planner.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.upstep.event.Outcome;
import io.upstep.event.StepProgressed.Phase;
import org.junit.jupiter.api.Test;

class WhysTest {

    private static Why why(Life life) {
        return Whys.of(life.plan, life.now);
    }

    @Test
    void shouldNameTheExecutorAndWhatItDoesWhenAStepRuns() {
        Life life = Life.running().accepted().progressed(Phase.EXECUTING, 2, "scaling down", null);

        assertThat(why(life).sentence()).isEqualTo("step s1, attempt 1 of 3 is carried out by e1: scaling down");
        assertThat(why(life).releasedBy()).isEqualTo("executor e1");
        assertThat(why(life).nextAt()).isEqualTo(life.now.plus(FakeResolver.LIMITS.heartbeat()));
    }

    @Test
    void shouldSayWhatFailedAndWhenTheNextAttemptComesWhenOneFollows() {
        Life life = Life.running().completed(Outcome.Succeeded.of("done"), Life.failed("0 ready"));

        assertThat(why(life).sentence()).contains("saw 0 ready").contains("the next attempt follows");
        assertThat(why(life).next()).isEqualTo("the planner makes attempt 2");
        assertThat(why(life).nextAt()).isEqualTo(life.now.plusSeconds(2));
    }

    @Test
    void shouldSayWhomACancelWaitsForWhenNobodyStopsTheStep() {
        Life life = Life.running().accepted().on(new Happening.Cancel("bob", "wrong day"));
        assertThat(why(life).sentence()).contains("is being stopped: cancelled by bob: wrong day");

        life.untilTimer();

        assertThat(why(life).sentence()).contains("no executor of cluster east has answered since");
        assertThat(why(life).waitingFor()).isEqualTo("step.completed s1#1");
    }

    @Test
    void shouldSayWhoJudgesWhenTheStepsAreOver() {
        Life life = Life.running().passed().passed();
        assertThat(why(life).waitingFor()).isEqualTo("upgrade.completed p-v1");

        life.untilTimer();

        assertThat(why(life).sentence()).contains("no verifier of cluster east has answered since");
    }

    @Test
    void shouldWaitForNothingWhenItIsOver() {
        Life life = Life.running().passed().passed().judged(Life.PASSED);

        assertThat(why(life)).isEqualTo(new Why("it is over: SUCCEEDED", null, life.now, null, null, null));
    }
}
