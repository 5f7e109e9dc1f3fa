package io.upstep.executor.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.event.AttemptId;
import io.upstep.event.Installation;
import io.upstep.event.LeaseReleaseRequested;
import io.upstep.event.StepCancelRequested;
import io.upstep.event.StepRequested;
import io.upstep.event.TimeLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Requests as a planner would make them. */
record Requests(Installation installation) {
    static Requests in(String namespace) {
        return new Requests(new Installation("east", namespace, "web"));
    }

    static AttemptId attempt(int attempt, long epoch) {
        return new AttemptId("plan-1", "step-1", attempt, epoch);
    }

    StepRequested step(AttemptId attempt) {
        return step(attempt, StepRequested.Mode.APPLY, "scripted", JsonNodeFactory.instance.objectNode(), limits(60));
    }

    StepRequested step(AttemptId attempt, TimeLimits limits) {
        return step(attempt, StepRequested.Mode.APPLY, "scripted", JsonNodeFactory.instance.objectNode(), limits);
    }

    StepRequested step(AttemptId attempt, StepRequested.Mode mode, String action, ObjectNode with, TimeLimits limits) {
        return new StepRequested(
                attempt, installation, mode, action, with, List.of(), limits, null, 1, null, null, null);
    }

    /** A step of a plan of some Upstep. */
    StepRequested stepOf(String planner, String plan, long epoch, String adopts) {
        return new StepRequested(
                new AttemptId(plan, "step-1", 1, epoch),
                installation,
                StepRequested.Mode.APPLY,
                "scripted",
                JsonNodeFactory.instance.objectNode(),
                List.of(),
                limits(60),
                null,
                1,
                null,
                planner,
                adopts);
    }

    StepRequested stepUntil(AttemptId attempt, Instant notAfter, TimeLimits limits) {
        return new StepRequested(
                attempt,
                installation,
                StepRequested.Mode.APPLY,
                "scripted",
                JsonNodeFactory.instance.objectNode(),
                List.of(),
                limits,
                null,
                1,
                notAfter,
                null,
                null);
    }

    LeaseReleaseRequested release(String planner, String plan, long epoch) {
        return new LeaseReleaseRequested(plan, installation, epoch, planner);
    }

    StepCancelRequested lastCancel(String planner, AttemptId attempt) {
        return new StepCancelRequested(attempt, installation, "changed my mind", planner, null, true);
    }

    StepCancelRequested lastCancelThatAdopts(String planner, AttemptId attempt, String adopts) {
        return new StepCancelRequested(attempt, installation, "changed my mind", planner, adopts, true);
    }

    StepCancelRequested cancel(AttemptId attempt) {
        return new StepCancelRequested(attempt, installation, "changed my mind", null, null, false);
    }

    static TimeLimits limits(int totalSeconds) {
        return new TimeLimits(
                Duration.ofHours(1), Duration.ofMillis(100), Duration.ofSeconds(30), Duration.ofSeconds(totalSeconds));
    }
}
