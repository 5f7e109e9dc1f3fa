package io.upstep.standalone;

import io.upstep.simulator.Options;
import io.upstep.simulator.Scenarios;
import io.upstep.simulator.SimulatedCluster;

/** Simulated clusters with several installations. */
final class Clusters {
    private Clusters() {}

    /** A cluster named {@code local} with a Polyaxon 1.10.1, release {@code polyaxon}, in each namespace. */
    static SimulatedCluster withPolyaxons(String... namespaces) {
        SimulatedCluster cluster = SimulatedCluster.start(Options.named("local"));
        for (String namespace : namespaces) {
            loadPolyaxon(cluster, namespace);
        }
        cluster.settle();
        return cluster;
    }

    static void loadPolyaxon(SimulatedCluster cluster, String namespace) {
        cluster.load(Scenarios.yaml("polyaxon-1.x")
                .replace("namespace: polyaxon", "namespace: " + namespace)
                .replace("metadata: { name: polyaxon }", "metadata: { name: " + namespace + " }"));
    }
}
