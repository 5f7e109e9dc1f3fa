package io.upstep.simulator;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What can be set about the simulated cluster that an application brings up. */
@ConfigMapping(prefix = "upstep.simulator")
public interface SimulatorConfig {
    /** Whether to start a simulated cluster with the application. */
    boolean enabled();

    /** What makes a simulated cluster needless, such as the path of a kubeconfig: when this is set, none is started. */
    Optional<String> unless();

    /** The cluster's name, which is also the name of its context in the kubeconfig. */
    String cluster();

    /** The port of its API server on loopback; 0 takes a free one. */
    int port();

    /** Where it keeps its objects and writes its kubeconfig. */
    Path dataDir();

    /** The scenarios a cluster without a past begins with. */
    Optional<List<String>> preload();

    /** How long one step of a pod takes: starting is one, becoming ready two. */
    Duration pace();
}
