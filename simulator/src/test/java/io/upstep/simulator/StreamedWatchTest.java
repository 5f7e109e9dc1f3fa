package io.upstep.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** kubectl and Helm watch by a stream over plain HTTP, not by a web socket. */
class StreamedWatchTest {
    @Test
    void shouldStreamALineForEachChangeAndEndInTime() throws IOException, InterruptedException {
        try (SimulatedCluster cluster = SimulatedCluster.start(Options.named("local"));
                BufferedReader lines = watch(cluster, "watch=true&timeoutSeconds=2")) {
            cluster.load("{apiVersion: v1, kind: Namespace, metadata: {name: zzz}}");

            assertThat(lines.lines())
                    .anySatisfy(
                            l -> assertThat(l).startsWith("{\"type\":\"ADDED\"").contains("\"name\":\"zzz\""));
        }
    }

    @Test
    void shouldSayThatAllWasToldByABookmarkWhenInitialEventsAreWanted() throws IOException, InterruptedException {
        try (SimulatedCluster cluster = SimulatedCluster.start(Options.named("local"));
                BufferedReader lines = watch(cluster, "watch=true&sendInitialEvents=true&timeoutSeconds=1")) {
            assertThat(lines.lines()).last().asString().contains("BOOKMARK", "k8s.io/initial-events-end");
        }
    }

    @Test
    void shouldTellToListAgainWhenTheVersionIsTooOld() throws IOException, InterruptedException {
        try (SimulatedCluster cluster = SimulatedCluster.start(Options.named("local"))) {
            for (int i = 0; i < 2_100; i++) {
                cluster.load("{apiVersion: v1, kind: ConfigMap, metadata: {name: c, namespace: default}, data: {n: \""
                        + i + "\"}}");
            }
            try (BufferedReader lines = watch(cluster, "watch=true&resourceVersion=5")) {
                assertThat(lines.readLine()).contains("ERROR", "\"code\":410", "too old resource version");
            }
        }
    }

    private static BufferedReader watch(SimulatedCluster cluster, String query)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(cluster.url() + "/api/v1/namespaces?" + query))
                .build();
        var body = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofInputStream())
                .body();
        return new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    }
}
