package io.upstep.simulator;

import io.upstep.simulator.api.Answer;
import io.upstep.simulator.api.Gate;
import io.upstep.simulator.api.Interference;
import io.upstep.simulator.api.Request;
import io.upstep.simulator.api.WebAnswers;
import io.upstep.simulator.controller.Behaviour;
import io.upstep.simulator.controller.Characters;
import io.upstep.simulator.controller.Lie;
import io.upstep.simulator.controller.Timeline;
import io.upstep.simulator.rules.Refusal;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes the cluster behave badly, in the ways real ones do. */
public final class Knobs {
    private final RequestLog requests;
    private final Characters characters;
    private final WebAnswers web;
    private final Interference interference;
    private final Runnable lookAgain;
    private final Consumer<Boolean> listen;
    private final Timeline timeline;
    private volatile Duration latency = Duration.ZERO;
    private volatile Optional<Outage> outage = Optional.empty();

    Knobs(
            RequestLog requests,
            Characters characters,
            WebAnswers web,
            Interference interference,
            Runnable lookAgain,
            Consumer<Boolean> listen,
            Timeline timeline) {
        this.requests = requests;
        this.characters = characters;
        this.web = web;
        this.interference = interference;
        this.lookAgain = lookAgain;
        this.listen = listen;
        this.timeline = timeline;
    }

    /** Containers of exactly this image behave so from now on, also those that run already and are not ready yet. */
    public void image(String image, Behaviour behaviour) {
        characters.image(image, behaviour);
        lookAgain.run();
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

    Gate.Verdict admit(Request request) {
        requests.add(request);
        Optional<Outage> now = outage;
        if (now.isEmpty()) {
            return new Gate.Pass(latency);
        }
        return now.get() == Outage.HANGS
                ? new Gate.Hang()
                : new Gate.Refuse(Refusal.unavailable("the simulated API server is unavailable"));
    }
}
