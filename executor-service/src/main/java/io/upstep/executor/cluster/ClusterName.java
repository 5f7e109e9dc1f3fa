package io.upstep.executor.cluster;

import java.util.Optional;

/**
 * A cluster as configured.
 *
 * @param name what requests are routed by
 * @param context the kubeconfig context; empty: the one called like the cluster, or the only one there is
 */
public record ClusterName(String name, Optional<String> context) {

    /** Reads {@code name} or {@code name=context}. */
    public static ClusterName parse(String text) {
        int equals = text.indexOf('=');
        String name = (equals < 0 ? text : text.substring(0, equals)).strip();
        String context = equals < 0 ? "" : text.substring(equals + 1).strip();
        if (name.isEmpty() || (equals >= 0 && context.isEmpty())) {
            throw new IllegalArgumentException(
                    "upstep.clusters: expected 'name' or 'name=context', came '" + text + "'");
        }
        return new ClusterName(name, Optional.of(context).filter(c -> !c.isEmpty()));
    }
}
