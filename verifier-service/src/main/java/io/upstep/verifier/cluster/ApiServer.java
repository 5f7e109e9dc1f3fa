package io.upstep.verifier.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One API server, asked with the credentials of its kubeconfig and never waited for without limit. */
final class ApiServer implements Transport, AutoCloseable {
    private final KubernetesClient client;
    private final Duration timeout;

    ApiServer(KubernetesClient client, Duration timeout) {
        this.client = client;
        this.timeout = timeout;
    }

    @Override
    public HttpAnswer get(String path, int limit) {
        try {
            return ask(path, new LimitedBody(limit));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoAnswerException("interrupted while asking " + client.getMasterUrl(), e);
        } catch (TimeoutException e) {
            throw new NoAnswerException(
                    "the API server " + client.getMasterUrl() + " did not answer within " + timeout, e);
        } catch (ExecutionException e) {
            throw new NoAnswerException(
                    "the API server " + client.getMasterUrl() + " cannot be asked: " + reason(e), e);
        }
    }

    @Override
    public Tunnel forward(String namespace, String pod, int port) {
        try {
            return new ForwardedPort(client.pods()
                    .inNamespace(namespace)
                    .withName(pod)
                    .portForward(port, InetAddress.getLoopbackAddress(), 0));
        } catch (KubernetesClientException e) {
            throw new NoAnswerException("cannot open a port to Pod " + pod + ": " + reason(e), e);
        }
    }

    private HttpAnswer ask(String path, LimitedBody body)
            throws InterruptedException, TimeoutException, ExecutionException {
        HttpClient http = client.getHttpClient();
        HttpResponse<AsyncBody> response = http.consumeBytes(
                        http.newHttpRequestBuilder()
                                .uri(client.getMasterUrl() + path)
                                .build(),
                        body)
                .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        response.body().consume();
        try {
            response.body().done().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | java.util.concurrent.CancellationException e) {
            // Cut off at the limit: the rest is not wanted.
            if (body.isComplete()) {
                throw new NoAnswerException("the answer broke off: " + reason(e), e);
            }
        }
        return body.answer(response.code());
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    @Override
    public void close() {
        client.close();
    }
}
