package io.upstep.planner.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Says in words what another resolution would do otherwise than the plan that was shown. */
final class Differences {
    private static final int SHOWN = 1000;

    private Differences() {}

    /** Empty when starting does exactly what was shown. */
    static List<String> between(Plan plan, Resolution.Resolved now) {
        List<String> found = new ArrayList<>();
        changed(found, "path", plan.route().path(), now.path());
        changed(found, "exit checks", plan.route().exit(), now.exit());
        List<PlannedStep> shown = plan.steps().stream().map(Step::planned).toList();
        if (!shown.equals(now.steps())) {
            steps(found, shown, now.steps());
        }
        return found;
    }

    private static void steps(List<String> found, List<PlannedStep> shown, List<PlannedStep> now) {
        int before = found.size();
        Map<String, PlannedStep> were = byId(shown);
        Map<String, PlannedStep> are = byId(now);
        were.keySet().stream().filter(id -> !are.containsKey(id)).forEach(id -> found.add("step " + id + " is gone"));
        are.keySet().stream().filter(id -> !were.containsKey(id)).forEach(id -> found.add("step " + id + " is new"));
        are.values().stream()
                .filter(step -> were.containsKey(step.id()) && !step.equals(were.get(step.id())))
                .forEach(step -> found.add("step " + step.id() + " is to do something else: " + shown(step)
                        + " instead of " + shown(were.get(step.id()))));
        if (found.size() == before) {
            found.add("the steps come in another order: " + are.keySet());
        }
    }

    private static String shown(PlannedStep step) {
        String with = String.valueOf(step.with());
        return step.action() + " with " + (with.length() > SHOWN ? with.substring(0, SHOWN) + "…" : with);
    }

    private static Map<String, PlannedStep> byId(List<PlannedStep> steps) {
        return steps.stream()
                .collect(Collectors.toMap(
                        PlannedStep::id, Function.identity(), (a, b) -> a, java.util.LinkedHashMap::new));
    }

    private static void changed(List<String> found, String what, Object shown, Object now) {
        if (!Objects.equals(shown, now)) {
            found.add(what + " is " + now + " instead of " + shown);
        }
    }
}
