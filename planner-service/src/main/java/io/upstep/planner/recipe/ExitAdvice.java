package io.upstep.planner.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;

/** Asks of every recipe that its last checks look at the version that was to be reached. */
record ExitAdvice() implements Advice {
    private static final Pattern VERSION = Pattern.compile("\\$\\{[^}]*\\b(to|target)\\b");
    private static final Pattern SHARED = Pattern.compile("\\bshared\\.(\\w+)");

    @Override
    public void give(YamlDocument document, Problems problems) {
        JsonNode exit = document.tree().path("exit");
        if (exit.isArray() && !looksAtTheVersion(exit, document.tree().path("shared"))) {
            problems.add(
                    "/exit",
                    FaultCode.VERSION_NOT_CHECKED,
                    "a check that looks at the version, with ${to} in it",
                    "checks that would pass on any version",
                    "add for example kubernetes.version with expected: \"${to}\"");
        }
    }

    private static boolean looksAtTheVersion(JsonNode exit, JsonNode shared) {
        return hasTheVersion(exit)
                || SHARED.matcher(exit.toString())
                        .results()
                        .anyMatch(name -> hasTheVersion(shared.path(name.group(1))));
    }

    private static boolean hasTheVersion(JsonNode part) {
        return VERSION.matcher(part.toString()).find();
    }
}
