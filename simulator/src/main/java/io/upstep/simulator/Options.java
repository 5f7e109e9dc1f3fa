package io.upstep.simulator;

import io.upstep.simulator.controller.Pace;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * How a simulated cluster is set up.
 *
 * @param name the cluster's name, and that of its context in the kubeconfig
 * @param port 0 takes a free one
 * @param pace how fast pods start, become ready and stop
 * @param file where all objects are kept across restarts; without it they are gone with the process
 * @param preload the scenarios a cluster without a past begins with, rolled out and ready
 * @param writesKept how many writes are kept for whoever judges them
 * @param fencing whether a cluster without a past has Upstep's admission policy, as Kubernetes 1.30 and later may have it
 */
public record Options(
        String name,
        int port,
        Pace pace,
        Clock clock,
        Optional<Path> file,
        List<String> preload,
        int writesKept,
        boolean fencing) {
    private static final int WRITES_KEPT = 200_000;

    public static Options named(String name) {
        return new Options(name, 0, Pace.fast(), Clock.systemUTC(), Optional.empty(), List.of(), WRITES_KEPT, true);
    }

    public Options withPort(int newPort) {
        return new Options(name, newPort, pace, clock, file, preload, writesKept, fencing);
    }

    public Options withPace(Pace newPace) {
        return new Options(name, port, newPace, clock, file, preload, writesKept, fencing);
    }

    public Options withFile(Path newFile) {
        return new Options(name, port, pace, clock, Optional.of(newFile), preload, writesKept, fencing);
    }

    public Options withPreload(String... scenarios) {
        return new Options(name, port, pace, clock, file, List.of(scenarios), writesKept, fencing);
    }

    /** As a cluster on which nobody has installed the policy, or whose Kubernetes has no such policies. */
    public Options withoutFencing() {
        return new Options(name, port, pace, clock, file, preload, writesKept, false);
    }

    public Options withWritesKept(int most) {
        return new Options(name, port, pace, clock, file, preload, most, fencing);
    }
}
