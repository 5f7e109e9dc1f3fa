package io.upstep.verifier.check.kubernetes;

import io.upstep.verifier.check.CheckContext;
import io.upstep.verifier.cluster.Kind;
import io.upstep.verifier.cluster.KubeObject;
import java.util.List;

/**
 * Which objects of the installation's namespace are meant: one by name, those a selector matches, or all of the kind.
 *
 * @param apiVersion null for Kubernetes' own kinds
 */
record Target(String kind, String apiVersion, String name, String selector) {
    Target {
        if (kind == null || kind.isBlank()) {
            throw new IllegalArgumentException("expected a 'kind', for example Deployment");
        }
        if (name != null && selector != null) {
            throw new IllegalArgumentException("expected a 'name' or a 'selector', came both");
        }
    }

    List<KubeObject> find(CheckContext context) {
        Kind found = context.cluster().kind(kind, apiVersion);
        return name == null
                ? context.cluster().list(found, context.namespace(), selector)
                : context.cluster().get(found, context.namespace(), name).stream()
                        .toList();
    }

    @Override
    public String toString() {
        if (name != null) {
            return kind + " " + name;
        }
        return selector == null ? "every " + kind : kind + " matching " + selector;
    }
}
