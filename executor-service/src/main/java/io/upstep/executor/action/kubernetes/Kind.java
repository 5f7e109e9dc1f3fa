package io.upstep.executor.action.kubernetes;

import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;

/** A kind of object and where the API server keeps it. */
public record Kind(String apiVersion, String name, String plural, boolean namespaced) {

    static Kind of(ResourceDefinitionContext context) {
        String group = context.getGroup();
        String apiVersion =
                group == null || group.isEmpty() ? context.getVersion() : group + "/" + context.getVersion();
        return new Kind(apiVersion, context.getKind(), context.getPlural(), context.isNamespaceScoped());
    }

    /** The path of the collection, below which each object has its own by name. */
    public String path(String namespace) {
        String root = apiVersion.contains("/") ? "/apis/" + apiVersion : "/api/" + apiVersion;
        return root + (namespaced ? "/namespaces/" + namespace : "") + "/" + plural;
    }

    ResourceDefinitionContext context() {
        int slash = apiVersion.indexOf('/');
        return new ResourceDefinitionContext.Builder()
                .withGroup(slash < 0 ? "" : apiVersion.substring(0, slash))
                .withVersion(apiVersion.substring(slash + 1))
                .withKind(name)
                .withPlural(plural)
                .withNamespaced(namespaced)
                .build();
    }
}
