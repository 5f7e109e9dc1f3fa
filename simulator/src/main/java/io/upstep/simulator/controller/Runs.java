package io.upstep.simulator.controller;

import static io.upstep.simulator.store.Fields.at;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.upstep.simulator.store.Meta;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;

/** Does what somebody wants containers to really do while they run, once for each start, off the controllers' thread. */
public final class Runs implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Runs.class.getName());

    private final List<Order> orders = new CopyOnWriteArrayList<>();
    private final Map<String, Run> runs = new ConcurrentHashMap<>();
    private final ExecutorService workers = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "simulated-container");
        thread.setDaemon(true);
        return thread;
    });

    /** What a container does; its pod fails when it throws. */
    public interface Work {
        void run(Pod pod) throws Exception;
    }

    enum State {
        NOTHING_TO_DO,
        GOING,
        DONE,
        FAILED
    }

    private record Order(Predicate<Pod> which, Work work, Optional<Work> end) {}

    /** From now on pods that start do this; of several orders that fit the youngest counts. */
    public void order(Predicate<Pod> which, Work work) {
        orders.add(0, new Order(which, work, Optional.empty()));
    }

    /** As {@link #order(Predicate, Work)}, with what has to be done before a pod that began is gone. */
    public void order(Predicate<Pod> which, Work work, Work end) {
        orders.add(0, new Order(which, work, Optional.of(end)));
    }

    /** Begins what this start of the pod is to do, unless it has begun, and says how far it is. */
    State begin(JsonNode pod, Runnable whenOver) {
        if (orders.isEmpty()) {
            return State.NOTHING_TO_DO;
        }
        Run run = runs.computeIfAbsent(start(pod), s -> new Run());
        if (run.state == State.NOTHING_TO_DO && run.asked.isEmpty()) {
            Pod read = Serialization.unmarshal(pod.toString(), Pod.class);
            run.asked = orders.stream().filter(o -> o.which.test(read)).findFirst();
            run.asked.ifPresent(o -> begin(run, o, read, whenOver));
        }
        return run.state;
    }

    /** Ends what the pod being deleted does, and says whether it may go: only when that is over. */
    boolean ended(JsonNode pod, Runnable whenOver) {
        List<Run> its = runs.entrySet().stream()
                .filter(e -> e.getKey().startsWith(Meta.uid(pod)))
                .map(Map.Entry::getValue)
                .filter(run -> run.asked.flatMap(Order::end).isPresent())
                .toList();
        its.stream().filter(run -> run.ending == null).forEach(run -> end(run, pod, whenOver));
        return its.stream().allMatch(run -> run.ending.isDone());
    }

    private void end(Run run, JsonNode pod, Runnable whenOver) {
        Pod read = Serialization.unmarshal(pod.toString(), Pod.class);
        run.future.cancel(true);
        Work end = run.asked.flatMap(Order::end).orElseThrow();
        run.ending = CompletableFuture.runAsync(() -> perform(new Run(), end, read), workers);
        run.ending.thenRunAsync(whenOver, workers);
    }

    /** What the work of the pod's present start said when it failed. */
    Optional<String> failure(JsonNode pod) {
        return Optional.ofNullable(runs.get(start(pod))).map(run -> run.failure);
    }

    /** Whether the work of the pod's present start failed. */
    boolean failed(JsonNode pod) {
        Run run = runs.get(start(pod));
        return run != null && run.state == State.FAILED;
    }

    /** The pod is gone: what it still does is interrupted. */
    void forget(JsonNode pod) {
        runs.entrySet().removeIf(e -> {
            boolean its = e.getKey().startsWith(Meta.uid(pod));
            if (its && e.getValue().future != null) {
                e.getValue().future.cancel(true);
            }
            return its;
        });
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }

    private void begin(Run run, Order order, Pod pod, Runnable whenOver) {
        run.state = State.GOING;
        run.future = workers.submit(() -> {
            run.state = perform(run, order.work, pod);
            whenOver.run();
        });
    }

    private static State perform(Run run, Work work, Pod pod) {
        try {
            work.run(pod);
            return State.DONE;
        } catch (Exception | AssertionError e) {
            run.failure = e.getMessage();
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The container of pod " + pod.getMetadata().getName() + " fails, as what it was told to do did",
                    e);
            return State.FAILED;
        }
    }

    /** One start of a pod's containers: a restart is another one. */
    private static String start(JsonNode pod) {
        return Meta.uid(pod) + "#"
                + at(pod, "status", "containerStatuses")
                        .path(0)
                        .path("restartCount")
                        .asInt();
    }

    private static final class Run {
        private Optional<Order> asked = Optional.empty();
        private volatile State state = State.NOTHING_TO_DO;
        private volatile Future<?> future;
        private volatile CompletableFuture<Void> ending;
        private volatile String failure;
    }
}
