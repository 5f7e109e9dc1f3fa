package io.upstep.simulator;

/** Writes the kubeconfig that leads to a simulated cluster. */
final class Kubeconfig {
    private Kubeconfig() {}

    static String of(String cluster, String url) {
        return """
                apiVersion: v1
                kind: Config
                current-context: %1$s
                clusters:
                  - name: %1$s
                    cluster:
                      server: %2$s
                contexts:
                  - name: %1$s
                    context:
                      cluster: %1$s
                      user: %1$s
                users:
                  - name: %1$s
                    user: {}
                """.formatted(cluster, url);
    }
}
