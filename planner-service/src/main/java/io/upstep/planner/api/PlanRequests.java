package io.upstep.planner.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.event.Installation;
import io.upstep.planner.plan.Happening;
import io.upstep.planner.plan.PlanStatus;
import io.upstep.planner.plan.Plans;
import io.upstep.planner.plan.Submission;
import io.upstep.planner.plan.Waiver;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads what clients send about plans, and says everything that is wrong with it. */
final class PlanRequests {
    private static final int TARGET = 100;
    private static final int REASON = 1000;
    private static final int ID = 100;
    private static final int NAME = 253;
    private static final int STEPS = 200;
    private static final int WAIVERS = 20;

    private PlanRequests() {}

    static Submission submission(byte[] body) {
        JsonBody json = JsonBody.parse(body)
                .only("platform", "installation", "target", "parameters", "start", "adopts", "waivers");
        String platform = json.text("platform", 63);
        JsonBody place = json.object("installation").only("cluster", "namespace", "release");
        String cluster = place.kubernetesName("cluster");
        String namespace = place.kubernetesName("namespace");
        String release = place.kubernetesName("release");
        String target = json.text("target", TARGET);
        ObjectNode parameters = json.optionalObject("parameters");
        Submission.Start start = json.oneOf("start", Submission.Start.class, Submission.Start.MANUAL);
        String adopts = json.optionalText("adopts", ID);
        List<Waiver> waivers = json.optionalObjects("waivers", WAIVERS).stream()
                .map(PlanRequests::waiver)
                .toList();
        json.finish();
        return new Submission(
                platform, new Installation(cluster, namespace, release), target, parameters, start, adopts, waivers);
    }

    private static Waiver waiver(JsonBody json) {
        json.only("restorePoint", "by", "reason");
        return new Waiver(json.text("restorePoint", ID), json.text("by", ID), json.text("reason", REASON));
    }

    static Happening.Verb verb(Verb verb, byte[] body, String actor) {
        JsonBody json = JsonBody.parseOrEmpty(body).only(verb.fields.toArray(String[]::new));
        String reason = json.optionalText("reason", REASON);
        String step = verb.fields.contains("step") ? json.text("step", NAME) : null;
        String from = json.optionalText("from", NAME);
        boolean undo = json.flag("undo");
        List<String> keep = json.optionalTexts("keep", STEPS, NAME);
        json.finish();
        return switch (verb) {
            case START -> new Happening.Start(actor, reason);
            case PAUSE -> new Happening.Pause(actor, reason);
            case RESUME -> new Happening.Resume(actor, reason);
            case CANCEL -> new Happening.Cancel(actor, reason, undo);
            case RETRY -> new Happening.Retry(actor, reason, from);
            case SKIP -> new Happening.Skip(actor, reason, step);
            case MARK_DONE -> new Happening.MarkDone(actor, reason, step);
            case ROLLBACK -> new Happening.Rollback(actor, reason, keep);
            case ABANDON -> new Happening.Abandon(actor, reason);
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

    /** What can be done to a plan, and what its body may say besides. */
    enum Verb {
        START,
        PAUSE,
        RESUME,
        CANCEL("undo"),
        RETRY("from"),
        SKIP("step"),
        MARK_DONE("step"),
        ROLLBACK("keep"),
        ABANDON;

        private final List<String> fields;

        Verb(String... more) {
            fields = Stream.concat(Stream.of("reason"), Stream.of(more)).toList();
        }

        /** @param text as in the path, for example {@code mark-done} */
        static Verb named(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }
}
