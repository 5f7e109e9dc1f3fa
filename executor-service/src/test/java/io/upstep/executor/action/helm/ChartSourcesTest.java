package io.upstep.executor.action.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import io.upstep.executor.action.ActionException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChartSourcesTest {
    @TempDir
    Path directory;

    private final ChartSources sources = new ChartSources();
    private HttpServer server;
    private String host;
    private byte[] archive;
    private String digest;

    @BeforeEach
    void serve() throws IOException {
        Chart chart = ChartArchive.readDirectory(new TestChart(directory, "1.2.0").path());
        archive = ChartArchive.packed(chart);
        digest = Values.sha256(archive);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        host = "127.0.0.1:" + server.getAddress().getPort();
        answer(
                "/charts/index.yaml",
                "entries: {shop: [{version: 1.3.0, urls: [gone.tgz]}, {version: v1.2.0, urls: [files/shop.tgz]}]}"
                        .getBytes(StandardCharsets.UTF_8));
        answer("/charts/files/shop.tgz", archive);
        server.start();
    }

    private void answer(String path, byte[] body) {
        server.createContext(path, exchange -> {
            boolean exact = exchange.getRequestURI().getPath().equals(path);
            exchange.sendResponseHeaders(exact ? 200 : 404, exact ? body.length : -1);
            if (exact) {
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void redirect(String from, String to) {
        server.createContext(from, exchange -> {
            exchange.getResponseHeaders().add("Location", to);
            exchange.sendResponseHeaders(307, -1);
            exchange.close();
        });
    }

    private ChartRef repository(String version, String wanted) {
        return new ChartRef("http://" + host + "/charts", null, null, null, "shop", version, wanted);
    }

    private ChartRef path(Path path) {
        return new ChartRef(null, null, path.toString(), null, null, null, null);
    }

    private ActionException failure(ChartRef ref) {
        return catchThrowableOfType(ActionException.class, () -> sources.fetch(ref));
    }

    @Test
    void shouldFetchFromARepositoryWhenTheDigestIsRight() {
        Chart chart = sources.fetch(repository("1.2.0", digest));

        assertThat(chart.name()).isEqualTo("shop");
        assertThat(chart.version()).isEqualTo("1.2.0");
        assertThat(chart.digest()).isEqualTo(digest);
    }

    @Test
    void shouldSayWhatIsWrongWhenItCannotBeTaken() {
        String other = "sha256:" + "0".repeat(64);

        assertThat(failure(repository("1.2.0", other)).code()).isEqualTo("chart-digest-mismatch");
        assertThat(failure(repository("9.9.9", null)).code()).isEqualTo("chart-not-found");
        assertThat(failure(repository("1.3.0", null)).code()).isEqualTo("chart-not-found");
        assertThat(failure(path(directory.resolve("nowhere"))).code()).isEqualTo("chart-not-found");
        server.stop(0);
        assertThat(failure(repository("1.2.0", null)).code()).isEqualTo("chart-unreachable");
    }

    @Test
    void shouldFetchFromARegistryThatHandsOutTokens() {
        String manifest =
                "{\"layers\":[{\"mediaType\":\"application/vnd.cncf.helm.chart.content.v1.tar+gzip\",\"digest\":\""
                        + digest + "\"}]}";
        server.createContext("/v2/shops/shop/manifests/1.2.0", exchange -> {
            boolean known = "Bearer abc".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.getResponseHeaders()
                    .add("WWW-Authenticate", "Bearer realm=\"http://" + host + "/token\",service=\"s\",scope=\"pull\"");
            exchange.sendResponseHeaders(known ? 200 : 401, known ? manifest.length() : -1);
            if (known) {
                exchange.getResponseBody().write(manifest.getBytes(StandardCharsets.UTF_8));
            }
            exchange.close();
        });
        answer("/token", "{\"token\":\"abc\"}".getBytes(StandardCharsets.UTF_8));
        // As others keep it who do not know the token.
        redirect("/v2/shops/shop/blobs/" + digest, "/kept/archive");
        server.createContext("/kept/archive", exchange -> {
            boolean told = exchange.getRequestHeaders().containsKey("Authorization");
            exchange.sendResponseHeaders(told ? 400 : 200, told ? -1 : archive.length);
            if (!told) {
                exchange.getResponseBody().write(archive);
            }
            exchange.close();
        });

        Chart chart =
                sources.fetch(new ChartRef(null, "oci://" + host + "/shops/shop", null, null, null, "1.2.0", digest));
        assertThat(chart.name()).isEqualTo("shop");
    }

    @Test
    void shouldGiveADirectoryTheDigestOfItsPackage() throws IOException {
        Path packed = Files.write(directory.resolve("shop.tgz"), archive);

        assertThat(sources.fetch(path(directory.resolve("shop-1.2.0"))).digest())
                .isEqualTo(digest);
        assertThat(sources.fetch(path(packed)).digest()).isEqualTo(digest);
    }

    @Test
    void shouldRefuseArchivesThatAreNoCharts() throws IOException {
        for (String name : new String[] {"shop/../../evil", "/etc/evil", "shop/templates/../../../evil"}) {
            ActionException refused = failure(path(Files.write(directory.resolve("evil.tgz"), tar(Map.of(name, "x")))));
            assertThat(refused.code()).isEqualTo("chart-invalid");
        }
        assertThat(failure(path(Files.writeString(directory.resolve("text.tgz"), "hello")))
                        .code())
                .isEqualTo("chart-invalid");
    }

    @Test
    void shouldRefuseWhatUnpacksToMoreThanThereMayBe() throws IOException {
        byte[] megabyte = new byte[1024 * 1024];
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bomb))) {
            // No file, but something that is read to be skipped.
            TarArchiveEntry entry = new TarArchiveEntry("shop/device", TarConstants.LF_BLK);
            entry.setSize(101L * megabyte.length);
            tar.putArchiveEntry(entry);
            for (int written = 0; written < 101; written++) {
                tar.write(megabyte);
            }
            tar.closeArchiveEntry();
        }
        ActionException refused = failure(path(Files.write(directory.resolve("bomb.tgz"), bomb.toByteArray())));

        assertThat(refused.code()).isEqualTo("chart-invalid");
        assertThat(refused).hasMessageContaining("more than");
    }

    @Test
    void shouldNotWalkThroughADirectoryThatHoldsNoChart() {
        assertThat(failure(path(directory))).hasMessageContaining("Chart.yaml in its directory");
    }

    @Test
    void shouldTakeOnlyAddressesOfTheWeb() {
        answer("/odd/index.yaml", "entries: {shop: [{version: 1.2.0, urls: ['file:///etc/passwd']}]}".getBytes());
        String odd = "http://" + host + "/odd";

        assertThat(failure(new ChartRef(odd, null, null, null, "shop", "1.2.0", null)))
                .hasMessageContaining("expected an address that begins with http");
        assertThat(failure(new ChartRef("file:///etc", null, null, null, "shop", "1.2.0", null))
                        .code())
                .isEqualTo("chart-not-found");
        assertThatThrownBy(() -> new ChartRef("https://me:hunter-two@charts", null, null, null, "shop", "1.2.0", null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("hunter-two");
    }

    @Test
    void shouldReadAnIndexOfManyVersions() {
        String before = "#" + "x".repeat(4 * 1024 * 1024) + "\n";
        String entries = "entries: {shop: [{version: 1.2.0, urls: [../charts/files/shop.tgz]}]}";
        answer("/large/index.yaml", (before + entries).getBytes(StandardCharsets.UTF_8));

        assertThat(sources.fetch(new ChartRef("http://" + host + "/large", null, null, null, "shop", "1.2.0", null))
                        .name())
                .isEqualTo("shop");
    }

    @Test
    void shouldMendWhatIsKnownToBeWrongAndSaySo() throws IOException {
        byte[] broken = tar(Map.of(
                "polyaxon/Chart.yaml", "{name: polyaxon, version: 0.5.6}",
                "polyaxon/templates/cm.yaml",
                        "{{- if ( .Values.broker ) and eq .Values.broker \"redis\" }}\nx\n{{- end }}"));
        Chart chart = sources.fetch(path(Files.write(directory.resolve("old.tgz"), broken)));

        assertThat(chart.notes()).singleElement().asString().contains("templates/cm.yaml");
        assertThat(new String(chart.files().get("templates/cm.yaml"), StandardCharsets.UTF_8))
                .startsWith("{{- if and (.Values.broker) (eq .Values.broker \"redis\") }}");
        assertThat(chart.digest()).as("of what was published").isEqualTo(Values.sha256(broken));
    }

    private static byte[] tar(Map<String, String> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey(), true);
                entry.setSize(file.getValue().length());
                tar.putArchiveEntry(entry);
                tar.write(file.getValue().getBytes(StandardCharsets.UTF_8));
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }
}
