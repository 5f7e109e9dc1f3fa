/** How the verifier sees clusters: read-only by construction, as everything it knows of a cluster comes through {@link io.upstep.verifier.cluster.ClusterReader}. */
package io.upstep.verifier.cluster;
