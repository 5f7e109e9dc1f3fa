package io.upstep.executor.action.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.upstep.executor.TestCluster;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StoppedException;
import io.upstep.executor.action.kubernetes.FakeContext;
import io.upstep.executor.action.kubernetes.FencedObjects;
import io.upstep.simulator.Hold;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DoorTest {
    private static final Pattern SERVER = Pattern.compile("server: \"([^\"]+)\"");
    private static final String MERGE = "application/merge-patch+json";

    private final HttpClient http = HttpClient.newHttpClient();
    private TestCluster cluster;
    private FakeContext context;
    private Door door;
    private String address;

    @BeforeEach
    void open() {
        cluster = new TestCluster();
        context = new FakeContext(cluster, 1, 5);
        door = new Door(context, new FencedObjects(context, false));
        Matcher server = SERVER.matcher(door.kubeconfig());
        assertThat(server.find()).isTrue();
        address = server.group(1);
    }

    @AfterEach
    void close() {
        door.close();
        cluster.close();
    }

    @Test
    void shouldLetNobodyInWithoutTheToken() {
        assertThat(send(door.url(), "GET", "/version", null, null)).isEqualTo(401);
        assertThat(send(door.url() + "/guessed", "GET", "/version", null, null)).isEqualTo(401);
        assertThat(send(address, "GET", "/version", null, null)).isEqualTo(200);
        assertThat(door.kubeconfig())
                .doesNotContain("token:")
                .doesNotContain(cluster.client().getMasterUrl().toString());
        assertThat(door.told("Get \"" + address + "/version\": refused"))
                .isEqualTo("Get \"the API server/version\": refused");
    }

    @Test
    void shouldMarkWhatIsWritten() {
        assertThat(create("settings")).isEqualTo(201);
        assertThat(map("settings").getMetadata().getAnnotations()).containsEntry("upstep.io/epoch", "5");
        assertThat(map("settings").getMetadata().getManagedFields())
                .allMatch(f -> f.getManager().equals("upstep"));

        FakeContext next = context.next();
        try (Door later = new Door(next, new FencedObjects(next, false))) {
            String there = server(later);
            assertThat(send(there, "PATCH", path("/settings"), MERGE, "{\"data\":{\"a\":\"2\"}}"))
                    .isEqualTo(200);
        }
        assertThat(map("settings").getData()).containsEntry("a", "2");

        // The older one is behind now, and hears it at its next write.
        assertThat(send(address, "PATCH", path("/settings"), MERGE, "{\"data\":{\"a\":\"3\"}}"))
                .isEqualTo(403);
        assertThat(map("settings").getData()).containsEntry("a", "2");
        assertThatThrownBy(door::throwIfRefused).isInstanceOfSatisfying(ActionException.class, e -> assertThat(e.code())
                .isEqualTo("fenced"));
    }

    @Test
    void shouldRefuseEveryWriteOnceTheInstallationIsLost() {
        create("settings");
        context.stop();

        assertThat(create("other")).isEqualTo(403);
        assertThat(send(address, "DELETE", path("/settings"), "application/json", "{}"))
                .isEqualTo(403);
        assertThat(send(address, "GET", path("/settings"), null, null)).isEqualTo(200);
        assertThat(map("other")).isNull();
        assertThat(map("settings")).isNotNull();
        assertThatThrownBy(door::throwIfRefused).isInstanceOf(StoppedException.class);
    }

    @Test
    void shouldHandOnWhatIsWatchedAsItComes() {
        HttpRequest watch = HttpRequest.newBuilder(URI.create(address + path("?watch=true")))
                .build();
        CompletableFuture<List<String>> seen = http.sendAsync(watch, HttpResponse.BodyHandlers.ofLines())
                .thenApplyAsync(lines -> lines.body()
                        .filter(line -> line.contains("settings"))
                        .limit(2)
                        .toList());
        create("settings-1");
        create("settings-2");

        assertThat(seen.orTimeout(30, TimeUnit.SECONDS).join())
                .satisfiesExactly(
                        line -> assertThat(line).contains("\"ADDED\"").contains("settings-1"),
                        line -> assertThat(line).contains("settings-2"));
    }

    @Test
    void shouldDeleteWhatWasThereAndSayWhatIsNot() {
        create("settings");

        assertThat(send(address, "DELETE", path("/settings"), "application/json", "{}"))
                .isEqualTo(200);
        assertThat(send(address, "DELETE", path("/settings"), "application/json", "{}"))
                .isEqualTo(404);
        assertThat(map("settings")).isNull();
    }

    @Test
    void shouldSendNoUnmarkedWriteForWhatIsNotThere() {
        Assumptions.assumeTrue(cluster.simulated().isPresent());
        // Whatever got through would wait here, while somebody else makes the object.
        try (Hold hold = cluster.simulated()
                .orElseThrow()
                .knobs()
                .hold(r -> Set.of("DELETE", "PATCH").contains(r.method()), 1)) {
            for (String method : List.of("DELETE", "PATCH")) {
                assertThat(CompletableFuture.supplyAsync(() -> send(address, method, path("/settings"), MERGE, "{}"))
                                .orTimeout(30, TimeUnit.SECONDS)
                                .join())
                        .isEqualTo(404);
            }
            assertThat(hold.held()).isZero();
        }
    }

    @Test
    void shouldRefuseWritesThatCannotBeMarked() {
        create("settings");
        String apply = "application/apply-patch+yaml";

        assertThat(send(address, "PATCH", path("/settings"), apply, manifest("settings")))
                .isEqualTo(415);
        assertThat(send(address, "PUT", path("/settings/status"), "application/json", manifest("settings")))
                .isEqualTo(403);
    }

    @Test
    void shouldRefuseOtherNamespaces() {
        String elsewhere = "/api/v1/namespaces/default/configmaps";

        assertThat(send(address, "POST", elsewhere, "application/json", manifest("settings")))
                .isEqualTo(403);
        assertThatThrownBy(door::throwIfRefused).isInstanceOfSatisfying(ActionException.class, e -> assertThat(e.code())
                .isEqualTo("foreign-namespace"));
    }

    @Test
    void shouldNotWriteOverANewerAttemptsRecordWhenItComesLate() {
        Assumptions.assumeTrue(cluster.simulated().isPresent());
        cluster.client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("record")
                        .withNamespace(cluster.namespace())
                        .endMetadata()
                        .build())
                .create();
        FakeContext next = context.next();
        try (Hold hold = cluster.simulated()
                        .orElseThrow()
                        .knobs()
                        .hold(r -> r.method().equals("PUT") && r.path().endsWith("/secrets/record"), 1);
                Door later = new Door(next, new FencedObjects(next, false))) {
            CompletableFuture<Integer> late = CompletableFuture.supplyAsync(() -> putRecord(address, "late"));
            await().atMost(Duration.ofSeconds(30)).until(() -> hold.held() == 1);
            assertThat(putRecord(server(later), "newer")).isEqualTo(200);
            hold.release();

            assertThat(late.join()).isEqualTo(409);
        }
        assertThat(cluster.secret("record").getMetadata().getAnnotations()).containsEntry("writer", "newer");
        assertThat(putRecord(address, "late")).isEqualTo(403);
        assertThat(cluster.secret("record").getMetadata().getAnnotations()).containsEntry("writer", "newer");
    }

    /** In the binary form, as Helm writes its records: with a note of who wrote. */
    private int putRecord(String server, String writer) {
        String annotation = field(1, "writer") + field(2, writer);
        String metadata = field(1, "record") + field(3, cluster.namespace()) + field(12, annotation);
        String body = "k8s\0" + field(1, field(1, "v1") + field(2, "Secret")) + field(2, field(1, metadata));
        return send(
                server,
                "PUT",
                "/api/v1/namespaces/" + cluster.namespace() + "/secrets/record",
                "application/vnd.kubernetes.protobuf",
                body);
    }

    /** Of plain ASCII and less than 128 bytes, so that characters are bytes. */
    private static String field(int number, String value) {
        assertThat(value).hasSizeLessThan(128);
        return "" + (char) (number << 3 | 2) + (char) value.length() + value;
    }

    private static String server(Door door) {
        return SERVER.matcher(door.kubeconfig())
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
    }

    private int create(String name) {
        return send(address, "POST", path(""), "application/json", manifest(name));
    }

    private static String manifest(String name) {
        return "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"" + name
                + "\"},\"data\":{\"a\":\"1\"}}";
    }

    private String path(String name) {
        return "/api/v1/namespaces/" + cluster.namespace() + "/configmaps" + name;
    }

    private ConfigMap map(String name) {
        return cluster.client()
                .configMaps()
                .inNamespace(cluster.namespace())
                .withName(name)
                .get();
    }

    private int send(String server, String method, String path, String type, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server + path))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (type != null) {
            request.header("Content-Type", type);
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString())
                    .statusCode();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
