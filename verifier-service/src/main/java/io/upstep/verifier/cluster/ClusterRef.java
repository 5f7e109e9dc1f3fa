package io.upstep.verifier.cluster;

/**
 * A configured cluster: the name Upstep knows it by, and the kubeconfig context that leads to it.
 *
 * @param context null when only the name was given
 */
record ClusterRef(String name, String context) {

    /** Reads {@code name} or {@code name=context}. */
    static ClusterRef parse(String text) {
        int equals = text.indexOf('=');
        String name = (equals < 0 ? text : text.substring(0, equals)).strip();
        String context = equals < 0 ? null : text.substring(equals + 1).strip();
        if (name.isEmpty() || (context != null && context.isEmpty())) {
            throw new IllegalArgumentException(
                    "expected clusters as 'name' or 'name=context', separated by commas, came '" + text + "'");
        }
        return new ClusterRef(name, context);
    }
}
