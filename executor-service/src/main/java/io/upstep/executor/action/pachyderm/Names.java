package io.upstep.executor.action.pachyderm;

import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.kubernetes.KeptData;

/** What the notes and files of a plan are called. */
final class Names {
    private Names() {}

    static String configMap(String name, StepContext context) {
        return "upstep-pachyderm-" + KeptData.shortPlan(context) + "-" + name;
    }

    static void require(String key, String name) {
        if (name == null || !name.matches("[a-z0-9]([-a-z0-9]{0,28}[a-z0-9])?")) {
            throw new IllegalArgumentException(
                    "expected '" + key + "' to be up to 30 lower-case letters, digits and dashes, came '" + name + "'");
        }
    }
}
