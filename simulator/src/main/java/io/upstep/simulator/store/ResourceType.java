package io.upstep.simulator.store;

import java.util.List;

/**
 * What the API server says about one kind of object in one version.
 *
 * @param group empty for the core group
 * @param generation whether objects of it count the changes of their spec
 * @param status whether it has the status subresource
 * @param builtIn whether Kubernetes brings it; only such types know strategic merge patches
 */
public record ResourceType(
        String group,
        String version,
        String kind,
        String plural,
        List<String> shortNames,
        boolean namespaced,
        boolean generation,
        boolean status,
        boolean scale,
        boolean builtIn) {

    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** Plural and group: {@code deployments.apps}, or {@code pods} in the core group. */
    public String resource() {
        return group.isEmpty() ? plural : plural + "." + group;
    }

    /** Kind and group, as the API server's messages name it: {@code Deployment.apps}. */
    public String groupKind() {
        return group.isEmpty() ? kind : kind + "." + group;
    }

    public Key key(String namespace, String name) {
        return new Key(resource(), namespaced ? namespace : "", name);
    }

    /** A review is answered, never stored. */
    public boolean isReview() {
        return group.equals("authorization.k8s.io");
    }
}
