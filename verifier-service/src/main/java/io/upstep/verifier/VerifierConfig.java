package io.upstep.verifier;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The verifier's options. */
@ConfigMapping(prefix = "upstep.verifier")
public interface VerifierConfig {

    /** The clusters it serves, each as {@code name} (the kubeconfig context of that name) or {@code name=context}. */
    Optional<List<String>> clusters();

    /** Path of the kubeconfig; if empty: $KUBECONFIG, ~/.kube/config, then the pod's service account. */
    Optional<String> kubeconfig();

    /** What it is called in events; must be unique per process. Empty: the host's name and a random suffix. */
    Optional<String> worker();

    /** How many messages of one kind and cluster are handed over at once; each is accepted within moments. */
    @WithDefault("8")
    int intake();

    /** How many looks at one cluster are made at the same time; a cluster that hangs holds up no other. */
    @WithDefault("8")
    int threads();

    /** How many observations and verifications are accepted at the same time; most of them wait between two looks. */
    @WithDefault("500")
    int maxRunning();

    /** How many answers are remembered, to be given again when the same question comes twice. */
    @WithDefault("1000")
    int rememberedAnswers();

    /** The shortest pause between two looks of one check; it doubles from look to look. */
    @WithDefault("100ms")
    Duration shortestPause();

    /** The longest pause between two looks of one check. */
    @WithDefault("2s")
    Duration longestPause();

    /** How long one look may take before its answer counts as unknown. */
    @WithDefault("20s")
    Duration lookTimeout();

    /** How long a fact is asked for again when the cluster does not answer, before it counts as unknown. */
    @WithDefault("10s")
    Duration observationPatience();

    /** How long a state that rarely heals (an image that cannot be pulled, a crash loop) is watched before giving up early. */
    @WithDefault("30s")
    Duration patience();

    /** How often a running verification says that it is alive; final judgements say so when they begin, too. */
    @WithDefault("3s")
    Duration progressInterval();

    /** How often the verifier says that it is here, and for which clusters. */
    @WithDefault("5s")
    Duration presenceInterval();

    /** How long running verifications may take to finish when the verifier is told to stop. */
    @WithDefault("20s")
    Duration stopGrace();

    /** How long connecting to an API server or a URL may take. */
    @WithDefault("5s")
    Duration connectTimeout();

    /** How long an API server or a URL may take to answer. */
    @WithDefault("10s")
    Duration requestTimeout();

    /** How a database behind a Service is reached. */
    @WithDefault("auto")
    PortForward portForward();

    /** How long the server may work on one query of a check or probe; keep it below the look timeout. */
    @WithDefault("15s")
    Duration queryTimeout();

    /** How long the server may take for one table when a whole database is compared with its restore point. */
    @WithDefault("10m")
    Duration comparisonTimeout();

    /** How many rows one query may bring; more are not cut off, but make the answer unknown. */
    @WithDefault("1000")
    int queryRows();

    /** The largest answer body read from a checked service, in bytes. */
    @WithDefault("1048576")
    int bodyLimit();

    /** How Services are reached. */
    enum PortForward {
        /** Through the API server, unless this is a pod that uses its own service account: then by their names. */
        AUTO,
        ALWAYS,
        NEVER
    }
}
