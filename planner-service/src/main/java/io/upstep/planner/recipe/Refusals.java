package io.upstep.planner.recipe;

import io.upstep.configuration.Way;
import io.upstep.configuration.report.Problem;
import io.upstep.event.Fact;
import io.upstep.event.Installation;
import io.upstep.planner.plan.PlannedStep;
import io.upstep.planner.plan.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The sentences by which a question is refused: what was expected, what came, what to do instead. */
final class Refusals {
    private Refusals() {}

    static Refusal platformUnknown(String platform, List<String> known) {
        return new Refusal(
                "platform-unknown",
                "There is no platform '" + platform + "'.",
                "one of " + String.join(", ", known),
                platform,
                "Choose one of the platforms, or add recipes of your own in upstep.planner.recipes-dir.",
                List.of());
    }

    static Refusal parametersInvalid(List<ParameterProblem> problems) {
        ParameterProblem first = problems.get(0);
        return new Refusal(
                "parameters-invalid",
                "The plan's parameters cannot be used: " + first + ".",
                first.expected(),
                first.actual(),
                first.remedy(),
                problems.stream().map(ParameterProblem::toString).toList());
    }

    static Refusal notInstalled(Platform platform, Installation installation, Fact installed) {
        return new Refusal(
                "installation-not-found",
                "No installation of " + platform.spec().title() + " was found at " + installation + ".",
                "release '" + installation.release() + "' in namespace '" + installation.namespace() + "'",
                "not installed",
                "Check cluster, namespace and release; the release is the name it was installed under.",
                evidence("installed", installed));
    }

    static Refusal factUnknown(String fact, Fact observed, String reason) {
        return new Refusal(
                "fact-unknown",
                "The fact '" + fact + "' is needed to decide, and it is not known: " + reason + ".",
                "the fact '" + fact + "'",
                "unknown",
                "Make it observable (is the cluster reachable, may the verifier read it?) and submit the plan again.",
                evidence(fact, observed));
    }

    static Refusal versionUnknown(Platform platform, String version, Fact observed, String why) {
        return new Refusal(
                "version-unknown",
                "The version this installation of " + platform.spec().title() + " runs is not known: " + why + ".",
                platform.graph().versions().described(),
                version,
                "Upgrade it by hand to a version that is known, or add this one to the platform.",
                evidence("version", observed));
    }

    static Refusal targetUnknown(Platform platform, String target) {
        return new Refusal(
                "target-unknown",
                platform.spec().title() + " has no version '" + target + "' that is known here.",
                platform.graph().versions().described(),
                target,
                "Choose a known version, or add this one to the platform.",
                List.of());
    }

    static Refusal alreadyThere(VersionNumber version) {
        return new Refusal(
                "already-there",
                "It already runs " + version + ".",
                "a version other than " + version,
                version.text(),
                "Nothing needs to be done.",
                List.of());
    }

    static Refusal downgrade(Platform platform, VersionNumber from, VersionNumber to) {
        PlatformSpec.Downgrade rule = platform.spec().downgrade();
        return new Refusal(
                "downgrade",
                to + " is lower than " + from + ": "
                        + orElse(rule.reason(), "this platform is not taken back by an upgrade."),
                "a version higher than " + from,
                to.text(),
                orElse(rule.alternative(), "Restore the backup made before the upgrade."),
                lines(rule.source()));
    }

    static Refusal blocked(UpgradeGraph.Obstacle obstacle) {
        return new Refusal(
                "blocked-edge",
                "The edge " + obstacle.from() + " → " + obstacle.to() + " is blocked: "
                        + oneLine(obstacle.spec().reason()),
                "an edge from " + obstacle.from() + " to " + obstacle.to() + " that can be crossed",
                "blocked: from " + obstacle.spec().from() + " to "
                        + obstacle.spec().to(),
                oneLine(obstacle.spec().alternative()),
                lines(obstacle.spec().source()));
    }

    static Refusal noPath(Platform platform, VersionNumber from, VersionNumber to) {
        PlatformSpec.Explanation why = platform.spec().noPath();
        return new Refusal(
                "no-path",
                "No path leads from " + from + " to " + to + ": "
                        + (why == null ? "no recipe crosses these versions." : oneLine(why.reason())),
                "recipes that lead from " + from + " to " + to,
                "recipes for " + edges(platform),
                why == null ? "Choose another target, or add a recipe." : oneLine(why.alternative()),
                why == null ? List.of() : lines(why.source()));
    }

    static Refusal configurationInvalid(UpgradeGraph.Hop hop, List<Problem> problems) {
        List<Problem> errors = problems.stream().filter(Problem::isError).toList();
        return new Refusal(
                "configuration-invalid",
                hop.to() + " would refuse the configuration: " + errors.get(0).say()
                        + (errors.size() == 1 ? "" : " (and " + (errors.size() - 1) + " more)"),
                "a configuration that is valid for " + hop.to(),
                errors.get(0).path().isEmpty()
                        ? "the configuration moved from " + hop.from()
                        : errors.get(0).path(),
                orElse(errors.get(0).remedy(), "Correct it in the values of the release, and submit the plan again."),
                problems.stream().map(Problem::text).toList());
    }

    static Refusal configurationUnreadable(UpgradeGraph.Hop hop, String why) {
        return new Refusal(
                "configuration-invalid",
                "The configuration cannot be read: " + why,
                "a YAML document with a map in it",
                why,
                "Correct the values of the release that runs " + hop.from() + ", and submit the plan again.",
                List.of());
    }

    static Refusal configurationClosed(UpgradeGraph.Hop hop, Way.Closed closed) {
        return new Refusal(
                "configuration-not-movable",
                "The configuration cannot be moved from " + hop.from() + " to " + hop.to() + ": " + closed.reason(),
                "rules that lead from " + hop.from() + " to " + hop.to(),
                "none",
                closed.remedy(),
                List.of());
    }

    static Refusal restorePointMissing(PlannedStep step, String restorePoint) {
        return new Refusal(
                "restore-point-missing",
                "Step " + step.id() + " can only be taken back from a restore point, '" + restorePoint
                        + "', and this plan proves none.",
                "a proven restore point '" + restorePoint + "', or somebody who answers for going without",
                "neither",
                "Make a backup by hand, try that it can be restored, and submit the plan again with \"waivers\":"
                        + " [{\"restorePoint\": \"" + restorePoint
                        + "\", \"by\": \"your name\", \"reason\": \"where the backup is\"}].",
                lines(step.source()));
    }

    static Refusal recipeFailed(String recipe, CannotEvaluate failure) {
        return new Refusal(
                "recipe-failed",
                "Recipe " + recipe + " does not fit this installation: " + failure.getMessage() + ".",
                "an expression that has a value",
                failure.getMessage(),
                "Correct the parameters or the recipe.",
                List.of());
    }

    static List<String> evidence(String name, Fact fact) {
        if (fact == null) {
            return List.of("fact " + name + ": was not observed");
        }
        return List.of(
                fact.isKnown()
                        ? "fact " + name + " = " + fact.value() + ", from " + fact.source()
                        : "fact " + name + " is unknown: " + fact.unknown());
    }

    static String oneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    static List<String> lines(String... texts) {
        return new ArrayList<>(
                Stream.of(texts).filter(Objects::nonNull).map(Refusals::oneLine).toList());
    }

    private static String orElse(String text, String fallback) {
        return text == null ? fallback : oneLine(text);
    }

    private static String edges(Platform platform) {
        String edges = String.join(
                ", ",
                platform.recipes().stream()
                        .flatMap(recipe -> recipe.spec().edge().stream())
                        .map(edge -> edge.from() + " → " + edge.to())
                        .toList());
        return edges.isEmpty() ? "no edge at all" : edges;
    }
}
