package io.upstep.verifier.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;

/** Makes clients that refuse to send anything but GET: the second lock, behind {@link ClusterReader}, which has no other verb. */
final class ReadOnlyClient {
    private ReadOnlyClient() {}

    static KubernetesClient of(Config config) {
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("upstep-read-only", new GetOnly()))
                .build();
    }

    private static final class GetOnly implements Interceptor {
        @Override
        public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
            if (!"GET".equals(request.method())) {
                throw new IllegalStateException("the verifier only reads, but was about to send " + request.method()
                        + " " + request.uri().getPath());
            }
        }
    }
}
