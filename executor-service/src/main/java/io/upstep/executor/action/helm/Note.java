package io.upstep.executor.action.helm;

import io.upstep.executor.action.StepContext;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Upstep writes as a revision's description, so that a later attempt recognizes its own work. */
final class Note {
    private static final Pattern ATTEMPT = Pattern.compile(" attempt (\\d+) ");

    private final StepContext context;
    private final String goal;

    Note(StepContext context, Rollout.Goal goal) {
        this.context = context;
        // The content and not the published archive: what was mended or rendered beforehand counts.
        String chart = goal.chart().digest().isEmpty()
                ? Values.sha256(ChartArchive.packed(goal.chart()))
                : goal.chart().digest();
        this.goal =
                "chart " + chart + " values " + Values.digest(goal.values()) + (goal.hooks() ? "" : " without hooks");
    }

    String text() {
        return step() + " attempt " + context.attempt().attempt() + " " + goal;
    }

    private String step() {
        return "upstep " + context.attempt().planId() + "/" + context.attempt().stepId();
    }

    /** Whether the revision is this step's work, by an attempt that counts. */
    boolean isOf(ReleaseRecord record) {
        Matcher attempt = ATTEMPT.matcher(record.description());
        return record.description().startsWith(step() + " ")
                && record.description().endsWith(goal)
                && attempt.find()
                && Integer.parseInt(attempt.group(1)) >= context.firstAttempt();
    }
}
