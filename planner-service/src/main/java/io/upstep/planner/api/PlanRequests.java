package io.upstep.planner.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.event.Installation;
import io.upstep.planner.plan.Happening;
import io.upstep.planner.plan.PlanStatus;
import io.upstep.planner.plan.Plans;
import io.upstep.planner.plan.Submission;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads what clients send about plans, and says everything that is wrong with it. */
final class PlanRequests {
    private static final int TARGET = 100;
    private static final int REASON = 1000;

    private PlanRequests() {}

    static Submission submission(byte[] body) {
        JsonBody json = JsonBody.parse(body).only("platform", "installation", "target", "parameters", "start");
        String platform = json.text("platform", 63);
        JsonBody place = json.object("installation").only("cluster", "namespace", "release");
        String cluster = place.kubernetesName("cluster");
        String namespace = place.kubernetesName("namespace");
        String release = place.kubernetesName("release");
        String target = json.text("target", TARGET);
        ObjectNode parameters = json.optionalObject("parameters");
        Submission.Start start = json.oneOf("start", Submission.Start.class, Submission.Start.MANUAL);
        json.finish();
        return new Submission(platform, new Installation(cluster, namespace, release), target, parameters, start);
    }

    static Happening.Verb verb(Verb verb, byte[] body, String actor) {
        JsonBody json = JsonBody.parseOrEmpty(body);
        json = verb == Verb.SKIP ? json.only("reason", "step") : json.only("reason");
        String reason = json.optionalText("reason", REASON);
        String step = verb == Verb.SKIP ? json.text("step", 253) : null;
        json.finish();
        return switch (verb) {
            case START -> new Happening.Start(actor, reason);
            case PAUSE -> new Happening.Pause(actor, reason);
            case RESUME -> new Happening.Resume(actor, reason);
            case CANCEL -> new Happening.Cancel(actor, reason);
            case RETRY -> new Happening.Retry(actor, reason);
            case SKIP -> new Happening.Skip(actor, reason, step);
        };
    }

    static Plans.Filter filter(String statuses, String platform, String cluster, String namespace, String release) {
        Stream.of(platform, cluster, namespace, release).forEach(PlanRequests::printable);
        Set<PlanStatus> wanted = statuses == null || statuses.isBlank()
                ? Set.of()
                : Arrays.stream(statuses.split(",", -1))
                        .map(PlanRequests::status)
                        .collect(Collectors.toSet());
        return new Plans.Filter(wanted, platform, cluster, namespace, release);
    }

    /** No name has control characters in it, and PostgreSQL takes no text with a NUL. */
    private static void printable(String text) {
        if (text != null && (text.length() > 253 || text.chars().anyMatch(Character::isISOControl))) {
            throw new ProblemException(
                    ProblemCode.INVALID_PARAMETER,
                    "a name of 253 characters at most, without control characters",
                    text.length() > 253 ? text.length() + " characters" : "control characters",
                    "Correct it, or leave it out.");
        }
    }

    private static PlanStatus status(String text) {
        try {
            return PlanStatus.valueOf(text.trim().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            String all = Arrays.stream(PlanStatus.values()).map(Enum::name).collect(Collectors.joining(", "));
            throw new ProblemException(
                    ProblemCode.INVALID_PARAMETER, "status: one or more of " + all, "'" + text + "'", "Correct it.");
        }
    }

    /** The query parameter {@code limit}, or {@code otherwise} without one. */
    static int limit(String text, int otherwise, int max) {
        if (text == null) {
            return otherwise;
        }
        long value = number("limit", text);
        if (value < 1 || value > max) {
            throw new ProblemException(
                    ProblemCode.INVALID_PARAMETER,
                    "limit: 1 to " + max,
                    "'" + text + "'",
                    "Correct it, or leave it out.");
        }
        return (int) value;
    }

    /** A whole number, zero or more. */
    static long number(String name, String text) {
        if (text.matches("\\d{1,18}")) {
            return Long.parseLong(text);
        }
        String shown = text.length() > 40 ? text.substring(0, 40) + "…" : text;
        throw new ProblemException(
                ProblemCode.INVALID_PARAMETER,
                name + ": a whole number",
                "'" + shown + "'",
                "Correct it, or leave it out.");
    }

    /** What can be done to a plan. */
    enum Verb {
        START,
        PAUSE,
        RESUME,
        CANCEL,
        RETRY,
        SKIP
    }
}
