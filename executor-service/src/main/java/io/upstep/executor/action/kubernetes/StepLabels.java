package io.upstep.executor.action.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.event.AttemptId;
import io.upstep.executor.action.Marks;

/** The labels by which objects made for a step are found again, by later attempts and by its cancellation. */
public final class StepLabels {
    private static final int LONGEST = 63;

    private StepLabels() {}

    public static void put(ObjectNode object, AttemptId attempt) {
        Manifest.child(Manifest.child(object, "metadata"), "labels")
                .put("app.kubernetes.io/managed-by", Marks.FIELD_MANAGER)
                .put(Marks.PLAN, value(attempt.planId()))
                .put(Marks.STEP, value(attempt.stepId()));
    }

    public static String selector(AttemptId attempt) {
        return Marks.PLAN + "=" + value(attempt.planId()) + "," + Marks.STEP + "=" + value(attempt.stepId());
    }

    /** What runs, or ran, in Jobs for any step of the plan. */
    public static String podsOfJobs(AttemptId attempt) {
        return Marks.PLAN + "=" + value(attempt.planId()) + ",job-name";
    }

    private static String value(String text) {
        String safe = text.replaceAll("[^A-Za-z0-9_.-]", "-");
        String cut = safe.length() <= LONGEST ? safe : safe.substring(0, LONGEST);
        return cut.replaceAll("^[^A-Za-z0-9]+|[^A-Za-z0-9]+$", "");
    }
}
