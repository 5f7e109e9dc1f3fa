package io.upstep.planner.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.upstep.event.EventCodec;
import io.upstep.event.EventData;
import io.upstep.event.Fact;
import io.upstep.event.ObservationRequested;
import io.upstep.event.Outcome;
import io.upstep.event.PlanVerificationRequested;
import io.upstep.event.StepCancelRequested;
import io.upstep.event.StepProgressed.Phase;
import io.upstep.event.StepRequested;
import io.upstep.event.Verdict;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** No sequence of happenings, however late, doubled or out of order, takes a plan where it must not be. */
class DeciderPropertyTest {
    private static final int HANDED_OVER = 8;

    /**
     * @param kind what happens
     * @param which of the messages said so far it answers: 0 the last, 1 the one before ...; or which step
     * @param variant how: which outcome, verdict, phase
     * @param seconds how much time has gone by
     */
    record Move(Kind kind, int which, int variant, int seconds) {}

    enum Kind {
        ANSWER,
        ANSWER_OK,
        PROGRESS,
        TIMER,
        TIMER_DUE,
        FORGOT,
        START,
        PAUSE,
        RESUME,
        CANCEL,
        RETRY,
        SKIP,
        MARK_DONE,
        ROLLBACK,
        ABANDON,
        DEAF
    }

    @Provide
    Arbitrary<List<Move>> moves() {
        Arbitrary<Kind> kinds = Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.of(Kind.ANSWER_OK)),
                Tuple.of(4, Arbitraries.of(Kind.ANSWER, Kind.PROGRESS, Kind.TIMER_DUE)),
                Tuple.of(3, Arbitraries.of(Kind.class)));
        Arbitrary<Integer> which = Arbitraries.frequencyOf(
                Tuple.of(5, Arbitraries.just(0)),
                Tuple.of(2, Arbitraries.integers().between(0, 12)));
        return Combinators.combine(
                        kinds,
                        which,
                        Arbitraries.integers().between(0, 9),
                        Arbitraries.integers().between(0, 150))
                .as(Move::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(60);
    }

    @Property(tries = 1500)
    void shouldNeverReachAnUndefinedStateWhateverHappens(@ForAll boolean automatic, @ForAll("moves") List<Move> moves)
            throws JsonProcessingException {
        Life life = Life.submitted(automatic ? Submission.Start.AUTOMATIC : Submission.Start.MANUAL);
        for (Move move : moves) {
            Plan before = life.plan;
            Happening happening = happening(life, move);
            boolean refused = false;
            try {
                life.on(happening);
            } catch (PlanException e) {
                refused = true;
                assertThat(happening).isInstanceOf(Happening.Verb.class);
            }
            holds(before, happening, life.plan, refused);
            assertThat(Whys.of(life.plan, life.now).sentence()).matches("\\p{Lu}.*[^.;]\\.");
            life.plan = stored(life.plan);
        }
    }

    /** Whatever state chance has led to, a plan whose partners answer well, and whose people say go on, comes to its end. */
    @Property(tries = 500)
    void shouldAlwaysComeToAnEndWhenTheOthersAnswer(@ForAll boolean automatic, @ForAll("moves") List<Move> moves) {
        Life life = Life.submitted(automatic ? Submission.Start.AUTOMATIC : Submission.Start.MANUAL);
        for (Move move : moves) {
            try {
                life.on(happening(life, move));
            } catch (PlanException e) {
                assertThat(e.code()).isNotNull();
            }
        }
        for (int i = 0; i < 100 && !life.plan.status().isTerminal(); i++) {
            goOn(life);
        }
        assertThat(life.plan.status().isTerminal()).as(() -> life.why()).isTrue();
    }

    private static void goOn(Life life) {
        switch (life.plan.status()) {
            case PLANNED -> life.on(new Happening.Start("ann", null));
            case PAUSED -> life.on(new Happening.Resume("ann", null));
            default -> {
                // The timer makes the planner say again whatever is outstanding.
                life.untilTimer();
                if (!life.plan.status().isTerminal() && life.plan.timer() != null && !life.said.isEmpty()) {
                    life.on(answer(life, life.said.get(life.said.size() - 1), 0));
                }
            }
        }
    }

    private static void holds(Plan before, Happening happening, Plan after, boolean refused) {
        assertThat(after.stuck()).isEmpty();
        assertThat(before.status().canBecome(after.status()))
                .as(before.status() + " -> " + after.status())
                .isTrue();
        assertThat(after.epoch()).isGreaterThanOrEqualTo(before.epoch());
        assertThat(liveAttempts(after)).isLessThanOrEqualTo(1);
        assertThat(after.status().isTerminal()).isEqualTo(after.finishedAt() != null);
        assertThat(after.hold().isPresent()).isNotEqualTo(after.status().isTerminal());
        boolean reopens = happening instanceof Happening.Retry
                || happening instanceof Happening.MarkDone
                || happening instanceof Happening.Rollback
                || happening instanceof Happening.Cancel;
        if (before.status().isTerminal() && !reopens) {
            assertThat(after.status()).isEqualTo(before.status());
        }
        if (refused) {
            assertThat(after).isSameAs(before);
        }
        epochsRise(after);
        if (!after.status().isWorking()) {
            assertThat(liveAttempts(after)).isZero();
            assertThat(after.intent()).isNull();
        }
        if (after.status() == PlanStatus.ROLLED_BACK) {
            assertThat(after.currentStep()).isEmpty();
            assertThat(after.steps().stream().filter(step -> !step.planned().goesBack() && step.isTouched()))
                    .allMatch(step -> step.status() == StepStatus.UNDONE
                            || after.step("undo-" + step.id()).orElseThrow().status() == StepStatus.SKIPPED);
        }
        if (after.status() == PlanStatus.SUCCEEDED) {
            assertThat(after.currentStep()).isEmpty();
            assertThat(after.completion().verdict().isPassed()).isTrue();
        }
    }

    private static long liveAttempts(Plan plan) {
        return plan.steps().stream()
                .flatMap(step -> step.attempts().stream())
                .filter(Attempt::isLive)
                .count();
    }

    private static void epochsRise(Plan plan) {
        for (Step step : plan.steps()) {
            List<Long> epochs = step.attempts().stream().map(Attempt::epoch).toList();
            assertThat(epochs).isSorted().doesNotHaveDuplicates();
            assertThat(epochs).allMatch(epoch -> epoch <= plan.epoch());
        }
    }

    private static Plan stored(Plan plan) throws JsonProcessingException {
        String json = EventCodec.mapper().writeValueAsString(plan);
        Plan read = EventCodec.mapper().readValue(json, Plan.class);
        assertThat(read).isEqualTo(plan);
        return read;
    }

    private static Happening happening(Life life, Move move) {
        life.now = life.now.plusSeconds(move.seconds());
        EventData message = life.said.get(Math.max(0, life.said.size() - 1 - move.which()));
        return switch (move.kind()) {
            case ANSWER_OK -> answer(life, message, 0);
            case ANSWER -> answer(life, message, move.variant());
            case PROGRESS -> progress(life, message, move);
            case TIMER -> new Happening.TimerDue();
            case TIMER_DUE -> {
                if (life.plan.timer() != null && life.plan.timer().wakeAt().isAfter(life.now)) {
                    life.now = life.plan.timer().wakeAt();
                }
                yield new Happening.TimerDue();
            }
            case FORGOT -> new Happening.BrokerForgot();
            case START -> new Happening.Start("ann", null);
            case PAUSE -> new Happening.Pause("ann", null);
            case RESUME -> new Happening.Resume("ann", null);
            case CANCEL -> new Happening.Cancel("ann", null, move.variant() == 1);
            case RETRY -> new Happening.Retry("ann", null, move.variant() < 4 ? null : step(move));
            case MARK_DONE -> new Happening.MarkDone("ann", "by hand", step(move));
            case ROLLBACK -> new Happening.Rollback("ann", "no good", List.of());
            case ABANDON -> new Happening.Abandon("ann", "gone");
            case DEAF -> new Happening.TimerDue(life.now.minusSeconds(move.variant()));
            case SKIP -> new Happening.Skip("ann", "why not", step(move));
        };
    }

    private static String step(Move move) {
        return (move.which() % 3 == 2 ? "undo-s" : "s") + (move.variant() % 4);
    }

    private static Happening progress(Life life, EventData message, Move move) {
        if (message instanceof StepRequested requested) {
            if (move.variant() == HANDED_OVER) {
                return life.handover(requested.attempt(), move.variant());
            }
            Phase phase = Phase.values()[move.variant() % Phase.values().length];
            return life.progress(requested.attempt(), phase, move.variant() + 1L, "m" + move.variant(), "c");
        }
        return answer(life, message, 0);
    }

    /** What the receiver of a message answers; variant 0 is what everybody hopes for. */
    private static Happening answer(Life life, EventData message, int variant) {
        if (message instanceof ObservationRequested asked) {
            Fact version = variant == 1 ? Fact.unknown("gone") : Fact.known(new TextNode("1.8.0"), "test");
            Fact steps = Fact.known(new IntNode(variant == 0 ? 2 : variant % 4), "test");
            return life.observed(asked.observationId(), Map.of("version", version, "steps", steps));
        }
        if (message instanceof StepRequested requested) {
            return life.completion(requested.attempt(), outcome(variant), verdict(variant));
        }
        if (message instanceof StepCancelRequested stop) {
            Outcome outcome = variant == 0 ? new Outcome.Cancelled("stopped") : outcome(variant);
            return life.completion(stop.attempt(), outcome, verdict(variant));
        }
        return message instanceof PlanVerificationRequested asked
                ? life.judgement(asked, verdict(variant))
                : new Happening.TimerDue();
    }

    private static Outcome outcome(int variant) {
        return switch (variant) {
            case 1 -> Outcome.Failed.of("no", "no way");
            case 2, 3 -> Outcome.Failed.retryable("busy", "busy");
            case 4 -> new Outcome.Cancelled("gave up");
            default -> Outcome.Succeeded.of("done");
        };
    }

    private static Verdict verdict(int variant) {
        return switch (variant) {
            case 5 -> Life.failed("crash");
            case 6 -> new Verdict.Unknown("cannot tell", List.of());
            default -> Life.PASSED;
        };
    }
}
