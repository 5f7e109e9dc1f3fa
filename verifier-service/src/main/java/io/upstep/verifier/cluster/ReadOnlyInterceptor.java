package io.upstep.verifier.cluster;

import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;

/** Refuses to send anything but GET to a cluster: the second lock, behind {@link ClusterReader}, which has no other verb. */
final class ReadOnlyInterceptor implements Interceptor {
    static final String NAME = "upstep-read-only";

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        if (!"GET".equals(request.method())) {
            throw new IllegalStateException("the verifier only reads, but was about to send " + request.method() + " "
                    + request.uri().getPath());
        }
    }
}
