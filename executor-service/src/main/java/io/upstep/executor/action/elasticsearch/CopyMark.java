package io.upstep.executor.action.elasticsearch;

import io.upstep.event.AttemptId;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.kubernetes.KeptData;

/**
 * By what copies are known to be of a plan: on the destination's tasks, and as the name of its permit.
 *
 * @param name the reindex step's own
 */
record CopyMark(String plan, String name) {

    static CopyMark of(StepContext context, String name) {
        return of(context.attempt(), name);
    }

    static CopyMark of(AttemptId attempt, String name) {
        return new CopyMark(attempt.planId(), name);
    }

    /** Names of ConfigMaps and of permits are made of it. */
    static void requireName(String name) {
        if (name == null || !name.matches("[a-z0-9]([-a-z0-9]{0,28}[a-z0-9])?")) {
            throw new IllegalArgumentException(
                    "expected 'name' to be up to 30 lower-case letters, digits and dashes, came '" + name + "'");
        }
    }

    String task(String index) {
        return prefix() + index;
    }

    String prefix() {
        return "upstep/" + plan + "/" + name + "/";
    }

    String permit() {
        return "upstep-" + plan + "-" + name;
    }

    static String configMap(String name, StepContext context) {
        return "upstep-reindex-" + KeptData.shortPlan(context) + "-" + name;
    }
}
