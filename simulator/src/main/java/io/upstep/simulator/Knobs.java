package io.upstep.simulator;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.upstep.simulator.api.Answer;
import io.upstep.simulator.api.Backends;
import io.upstep.simulator.api.Gate;
import io.upstep.simulator.api.Interference;
import io.upstep.simulator.api.Request;
import io.upstep.simulator.api.WebAnswers;
import io.upstep.simulator.controller.Behaviour;
import io.upstep.simulator.controller.Characters;
import io.upstep.simulator.controller.Lie;
import io.upstep.simulator.controller.Runs;
import io.upstep.simulator.controller.StorageClasses;
import io.upstep.simulator.controller.Timeline;
import io.upstep.simulator.rules.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Makes the cluster behave badly, in the ways real ones do. */
public final class Knobs {
    private final RequestLog requests;
    private final Characters characters;
    private final WebAnswers web;
    private final Interference interference;
    private final Runnable lookAgain;
    private final Consumer<Boolean> listen;
    private final Timeline timeline;
    private final Runs runs;
    private final Backends backends;
    private final StorageClasses storageClasses;
    private final Failures failures = new Failures();
    private final List<Hold> holds = new CopyOnWriteArrayList<>();
    private volatile Imp imp = new Imp(0, Mischief.none(), r -> true);
    private volatile Duration latency = Duration.ZERO;
    private volatile Optional<Outage> outage = Optional.empty();

    Knobs(
            RequestLog requests,
            Characters characters,
            WebAnswers web,
            Interference interference,
            Runnable lookAgain,
            Consumer<Boolean> listen,
            Timeline timeline,
            Runs runs,
            Backends backends,
            StorageClasses storageClasses) {
        this.requests = requests;
        this.characters = characters;
        this.web = web;
        this.interference = interference;
        this.lookAgain = lookAgain;
        this.listen = listen;
        this.timeline = timeline;
        this.runs = runs;
        this.backends = backends;
        this.storageClasses = storageClasses;
    }

    /** Containers of exactly this image behave so from now on, also those that run already and are not ready yet. */
    public void image(String image, Behaviour behaviour) {
        characters.image(image, behaviour);
        lookAgain.run();
    }

    /**
     * Containers of this image, with or without its tag, really do something when they start.
     *
     * <p>A pod that ends by itself, as that of a Job, does so when it is done; any other is not ready before. It fails when
     * it throws. What is going on is not waited for by {@code settle}, and is interrupted when the pod goes.
     */
    public void onRun(String image, Runs.Work work) {
        onRun(
                pod -> pod.getSpec().getContainers().stream()
                        .map(Container::getImage)
                        .anyMatch(i -> i.equals(image) || i.startsWith(image + ":")),
                work);
    }

    /** As {@link #onRun(String, Runs.Work)}, for any pod; of several that fit the one set last counts. */
    public void onRun(Predicate<Pod> which, Runs.Work work) {
        runs.order(which, work);
    }

    /**
     * As {@link #onRun(Predicate, Runs.Work)}; when such a pod is deleted {@code end} is done, and only then it is gone, as
     * with a kubelet that waits for the container to stop.
     */
    public void onRun(Predicate<Pod> which, Runs.Work work, Runs.Work end) {
        runs.order(which, work, end);
    }

    /** The status of this workload lies, until {@link #honest}. */
    public void lie(String namespace, String name, Lie lie) {
        characters.lie(namespace, name, lie);
        lookAgain.run();
    }

    public void honest(String namespace, String name) {
        characters.honest(namespace, name);
        lookAgain.run();
    }

    /** So many updates and patches fail with a conflict, as if somebody else had been faster. */
    public void conflictOnNextWrites(int writes) {
        interference.next(writes);
    }

    /** So many requests, watches apart, are answered with this status and not applied. */
    public void failNext(int requests, int status) {
        failNext(requests, status, r -> !r.isWatch());
    }

    /** So many of these requests are answered with this status and not applied. */
    public void failNext(int requests, int status, Predicate<RequestLog.Entry> which) {
        failures.order(requests, status, which);
    }

    /** These requests are received and kept, and applied only when the handle lets them go. */
    public Hold hold(Predicate<RequestLog.Entry> which) {
        return hold(which, Integer.MAX_VALUE);
    }

    /** As {@link #hold(Predicate)}, but only the first so many; those that come later pass them. */
    public Hold hold(Predicate<RequestLog.Entry> which, int most) {
        holds.removeIf(Hold::isReleased);
        Hold hold = new Hold(which, most);
        holds.add(hold);
        return hold;
    }

    /** From now on requests go wrong by chance, until {@link #calm}; the seed makes the chance repeatable. */
    public void mischief(long seed, Mischief rates) {
        mischief(seed, rates, r -> true);
    }

    /** As {@link #mischief(long, Mischief)}, but only these requests. */
    public void mischief(long seed, Mischief rates, Predicate<RequestLog.Entry> which) {
        imp = new Imp(seed, rates, which);
    }

    /** What the mischief has done since it began. */
    public Mischief.Done mischiefDone() {
        return imp.done();
    }

    /** Ends mischief and ordered failures; what was done remains known. */
    public void calm() {
        failures.clear();
        imp.rest();
    }

    /** Every request takes so much longer. */
    public void latency(Duration each) {
        latency = each;
    }

    /** The API server is away until the returned handle is closed. */
    public AutoCloseable outage(Outage kind) {
        outage = Optional.of(kind);
        if (kind == Outage.REFUSES) {
            listen.accept(false);
        }
        return this::recover;
    }

    /** The API server is away for so long. */
    public void outage(Outage kind, Duration length) {
        outage(kind);
        timeline.after(length, this::recover);
    }

    /** Ends an outage, whoever began it. */
    public void recover() {
        outage = Optional.empty();
        listen.accept(true);
    }

    /** What an application answers through the service proxy. */
    public void serve(String namespace, String service, String path, int code, String contentType, String body) {
        web.put(namespace, service, path, new Answer(code, contentType, body));
    }

    /**
     * A real server stands behind this port of the pods of a Service or workload: connections that are forwarded to one of
     * them that is ready go there. Without one they are refused.
     */
    public void backend(String namespace, String serviceOrWorkload, int port, String host, int realPort) {
        backends.put(namespace, serviceOrWorkload, port, host, realPort);
    }

    /** Nothing listens there any more. */
    public void noBackend(String namespace, String serviceOrWorkload, int port) {
        backends.remove(namespace, serviceOrWorkload, port);
    }

    /** Volumes that are made from now on in this class are kept ({@code Retain}) or go with their claim ({@code Delete}). */
    public void reclaim(String storageClass, String policy) {
        storageClasses.reclaim(storageClass, policy);
    }

    Gate.Verdict admit(Request request) {
        RequestLog.Entry entry = requests.add(request);
        return outage.map(Knobs::away)
                .or(() -> failures.take(entry).map(Gate.Refuse::new))
                .or(() -> imp.meet(entry))
                .or(() -> held(entry).map(Gate.Keep::new))
                .orElseGet(() -> new Gate.Pass(latency));
    }

    private Optional<CompletionStage<Void>> held(RequestLog.Entry entry) {
        return holds.stream().flatMap(h -> h.take(entry).stream()).findFirst();
    }

    private static Gate.Verdict away(Outage kind) {
        return kind == Outage.HANGS
                ? new Gate.Hang()
                : new Gate.Refuse(Refusal.unavailable("the simulated API server is unavailable"));
    }
}
