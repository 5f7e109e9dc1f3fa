package io.upstep.simulator.controller;

import static io.upstep.simulator.store.Fields.at;
import static io.upstep.simulator.store.Fields.child;
import static io.upstep.simulator.store.Fields.defaultTo;
import static io.upstep.simulator.store.Fields.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.simulator.rules.Propagation;
import io.upstep.simulator.store.Key;
import io.upstep.simulator.store.Meta;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** Runs the pods of a Job until enough have succeeded, or too many have failed, or it took too long. */
final class JobController implements Controller {
    private final World world;
    private final Consumer<Key> enqueue;

    JobController(World world, Consumer<Key> enqueue) {
        this.world = world;
        this.enqueue = enqueue;
    }

    @Override
    public String resource() {
        return "jobs.batch";
    }

    @Override
    public void reconcile(Key key) {
        ObjectNode job = world.store().get(key).orElse(null);
        if (job == null || Meta.isBeingDeleted(job)) {
            return;
        }
        if (isOver(job)) {
            expire(key, job);
            return;
        }
        List<ObjectNode> pods = Owned.by(world.store(), job, "pods");
        Outcome outcome = outcome(key, job, pods);
        if (outcome == Outcome.RUNNING && !at(job, "spec", "suspend").asBoolean()) {
            work(job, pods);
        } else if (outcome != Outcome.RUNNING) {
            pods.stream().filter(Pods::isActive).forEach(p -> Pods.delete(world, job, p));
        }
        status(key, job, outcome);
    }

    private Outcome outcome(Key key, ObjectNode job, List<ObjectNode> pods) {
        if (count(pods, "Succeeded") >= at(job, "spec", "completions").asInt(1)) {
            return Outcome.COMPLETE;
        }
        if (count(pods, "Failed") > at(job, "spec", "backoffLimit").asInt(6)) {
            return Outcome.BACK_OFF_LIMIT;
        }
        int deadline = at(job, "spec", "activeDeadlineSeconds").asInt(0);
        String started = text(job, "status", "startTime");
        if (deadline > 0 && !started.isEmpty()) {
            Duration passed =
                    Duration.between(Instant.parse(started), world.timestamps().instant());
            if (passed.toSeconds() >= deadline) {
                return Outcome.DEADLINE;
            }
            world.timeline().after(Duration.ofSeconds(1), () -> enqueue.accept(key));
        }
        return Outcome.RUNNING;
    }

    private void work(ObjectNode job, List<ObjectNode> pods) {
        long active = pods.stream().filter(Pods::isActive).count();
        long left = at(job, "spec", "completions").asInt(1) - count(pods, "Succeeded");
        long wanted = Math.min(at(job, "spec", "parallelism").asInt(1), left);
        for (long i = active; i < wanted; i++) {
            Pods.create(world, job, at(job, "spec", "template"), Meta.name(job) + "-" + Pods.suffix(), "", "");
        }
    }

    private void status(Key key, ObjectNode job, Outcome outcome) {
        List<ObjectNode> pods = Owned.by(world.store(), job, "pods");
        String now = world.timestamps().now();
        world.store().modify(key, o -> {
            ObjectNode status = child(o, "status");
            defaultTo(status, "startTime", now);
            Counts.put(status, "active", pods.stream().filter(Pods::isActive).count());
            Counts.put(status, "succeeded", count(pods, "Succeeded"));
            Counts.put(status, "failed", count(pods, "Failed"));
            status.put("ready", (int) pods.stream().filter(Pods::isReady).count());
            if (outcome == Outcome.COMPLETE) {
                status.put("completionTime", now);
                Conditions.set(
                        status,
                        "Complete",
                        true,
                        "CompletionsReached",
                        "Reached expected number of succeeded pods",
                        now);
            } else if (outcome != Outcome.RUNNING) {
                Conditions.set(status, "Failed", true, outcome.reason, outcome.message, now);
            }
            return o;
        });
    }

    private void expire(Key key, ObjectNode job) {
        JsonNode ttl = at(job, "spec", "ttlSecondsAfterFinished");
        if (ttl.isInt()) {
            String uid = Meta.uid(job);
            world.timeline()
                    .after(Duration.ofSeconds(ttl.asInt()), () -> world.store().atomically(() -> {
                        world.store()
                                .get(key)
                                .filter(o -> Meta.uid(o).equals(uid) && !Meta.isBeingDeleted(o))
                                .ifPresent(o -> world.deletion().delete(key, Propagation.BACKGROUND, 0));
                        return null;
                    }));
        }
    }

    private static boolean isOver(JsonNode job) {
        return Conditions.statusOf(job, "Complete").equals("True")
                || Conditions.statusOf(job, "Failed").equals("True");
    }

    private static long count(List<ObjectNode> pods, String phase) {
        return pods.stream()
                .filter(p -> text(p, "status", "phase").equals(phase))
                .count();
    }

    private enum Outcome {
        RUNNING("", ""),
        COMPLETE("", ""),
        BACK_OFF_LIMIT("BackoffLimitExceeded", "Job has reached the specified backoff limit"),
        DEADLINE("DeadlineExceeded", "Job was active longer than specified deadline");

        private final String reason;
        private final String message;

        Outcome(String reason, String message) {
            this.reason = reason;
            this.message = message;
        }
    }
}
