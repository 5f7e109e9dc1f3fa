package io.upstep.executor;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The executor's options. */
@ConfigMapping(prefix = "upstep.executor")
public interface ExecutorConfig {

    /** The clusters it works on: names, each optionally with the kubeconfig context to use, as in {@code east=kind-east}. */
    Optional<List<String>> clusters();

    /** The kubeconfig file. Empty: $KUBECONFIG, then ~/.kube/config, then the pod's service account. */
    Optional<String> kubeconfig();

    /** What it is called in events and leases; must be unique per process. Empty: the host's name and a random suffix. */
    Optional<String> worker();

    /** How many steps it runs at once. */
    @WithDefault("32")
    int concurrency();

    /** How many requests of one cluster it accepts at once; as many wait here, at most, while it is full. */
    @WithDefault("8")
    int intake();

    /** The longest time between two signs of life of a running step; three fifths of the step's limit where that is less. */
    @WithDefault("1m")
    Duration heartbeatInterval();

    /** How often it says that it is there and which clusters it reaches. */
    @WithDefault("5s")
    Duration presenceInterval();

    /** How long running steps may go on when the executor is told to stop; then they are handed over. */
    @WithDefault("20s")
    Duration gracePeriod();

    /** How long connecting to an API server may take. */
    @WithDefault("5s")
    Duration connectionTimeout();

    /** How long one request to an API server may take. */
    @WithDefault("15s")
    Duration requestTimeout();

    /** Where backups are kept: a directory that all executors of the installation's cluster share. */
    @WithDefault("${upstep.data-dir:${user.home}/.upstep}/restore-points")
    String restorePointsDir();

    /** Directories with PostgreSQL's client tools. Empty: /usr/lib/postgresql/*&#47;bin and the PATH. */
    Optional<List<String>> postgresTools();

    /** Where pachctl is, as {@code <version>/pachctl}, on all executors of the installation's cluster. */
    @WithDefault("${upstep.data-dir:${user.home}/.upstep}/pachctl")
    String pachctlDir();

    /** Whether Services are reached through the API server: {@code auto}, unless it runs in the same cluster as a pod. */
    @WithDefault("auto")
    PortForward portForward();

    /** When Services are reached through the API server. */
    enum PortForward {
        AUTO,
        ALWAYS,
        NEVER
    }
}
