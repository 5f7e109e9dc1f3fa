package io.upstep.executor.action.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.upstep.executor.action.ActionException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;

/** Fetches charts from repositories, registries and the disk; what was fetched is what the digest says or nothing. */
@ApplicationScoped
public class ChartSources {
    // An index names every version there ever was: the parser's own limit is too low for some.
    private static final YAMLMapper YAML =
            new YAMLMapper(YAMLFactory.builder().loaderOptions(largeEnough()).build());
    private static final Pattern OCI = Pattern.compile("(oci://.+):([^/:]+)");
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofMinutes(1);

    private final HttpClient http = client(HttpClient.Redirect.NORMAL);
    private final HttpClient straight = client(HttpClient.Redirect.NEVER);

    private static HttpClient client(HttpClient.Redirect redirect) {
        return HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .followRedirects(redirect)
                .build();
    }

    private static LoaderOptions largeEnough() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(ChartArchive.LARGEST);
        return options;
    }

    /** @throws ActionException {@code chart-not-found}, {@code chart-unreachable}, {@code chart-digest-mismatch} */
    Chart fetch(ChartRef ref) {
        Chart chart = ref.path() != null ? onDisk(Path.of(ref.path())) : ChartArchive.read(archive(ref));
        if (ref.digest() != null && !ref.digest().equals(chart.digest())) {
            throw ActionException.permanent(
                    "chart-digest-mismatch",
                    "expected " + ref + " to have the digest " + ref.digest() + ", came " + chart.digest()
                            + "; somebody has changed it since it was chosen");
        }
        boolean wrong = ref.version() != null && !isVersion(ref.version(), chart.version());
        if (wrong) {
            throw ActionException.permanent(
                    "chart-not-found",
                    "expected version " + ref.version() + " at " + ref + ", came " + chart.version());
        }
        return chart;
    }

    private static Chart onDisk(Path path) {
        try {
            if (Files.isDirectory(path)) {
                return ChartArchive.readDirectory(path);
            }
            if (Files.isRegularFile(path)) {
                return ChartArchive.readFile(path);
            }
        } catch (IOException e) {
            throw ActionException.permanent("chart-not-found", "cannot read the chart " + path + ": " + e.getMessage());
        }
        throw ActionException.permanent(
                "chart-not-found", "expected a directory or an archive on the executor's disk at " + path);
    }

    private byte[] archive(ChartRef ref) {
        return ref.oci() != null ? new OciRegistry(this, ref).archive() : fromRepository(ref);
    }

    private byte[] fromRepository(ChartRef ref) {
        String root = ref.repository().endsWith("/") ? ref.repository() : ref.repository() + "/";
        URI index = address(root + "index.yaml");
        try {
            for (JsonNode entry :
                    YAML.readTree(bytes(get(index))).path("entries").path(ref.name())) {
                if (isVersion(ref.version(), entry.path("version").asText())) {
                    return archive(index, entry.path("urls").path(0).asText());
                }
            }
        } catch (IOException e) {
            throw ActionException.permanent("chart-not-found", "expected an index in YAML at " + index);
        }
        throw ActionException.permanent(
                "chart-not-found", "expected version " + ref.version() + " of chart " + ref.name() + " at " + root);
    }

    private byte[] archive(URI index, String url) {
        Matcher oci = OCI.matcher(url);
        if (oci.matches()) {
            ChartRef there = new ChartRef(null, oci.group(1), null, null, null, oci.group(2), null);
            return new OciRegistry(this, there).archive();
        }
        try {
            return bytes(get(address(index.resolve(url).toString())));
        } catch (IllegalArgumentException e) {
            throw noAddress(url);
        }
    }

    private static URI address(String text) {
        try {
            URI uri = URI.create(text);
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw noAddress(text);
    }

    private static ActionException noAddress(String text) {
        return ActionException.permanent(
                "chart-not-found", "expected an address that begins with http:// or https://, came '" + text + "'");
    }

    private static boolean isVersion(String wanted, String there) {
        return there.equals(wanted) || there.equals("v" + wanted) || ("v" + there).equals(wanted);
    }

    static HttpRequest get(URI uri) {
        return HttpRequest.newBuilder(uri).timeout(ANSWER).build();
    }

    byte[] bytes(HttpRequest request) {
        HttpResponse<InputStream> response = send(request);
        try (InputStream body = response.body()) {
            if (response.statusCode() != HttpURLConnection.HTTP_OK) {
                throw unreachable(request, response.statusCode());
            }
            byte[] bytes = body.readNBytes(ChartArchive.LARGEST + 1);
            if (bytes.length > ChartArchive.LARGEST) {
                throw ActionException.permanent(
                        "chart-invalid",
                        "expected at most " + ChartArchive.LARGEST + " bytes from " + request.uri() + ", came more");
            }
            return bytes;
        } catch (IOException e) {
            throw away(request, e);
        }
    }

    HttpResponse<InputStream> send(HttpRequest request) {
        return send(http, request);
    }

    /** Follows nobody elsewhere: for what carries a token, which is for its address only. */
    HttpResponse<InputStream> sendStraight(HttpRequest request) {
        return send(straight, request);
    }

    private static HttpResponse<InputStream> send(HttpClient client, HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw away(request, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ActionException.passing("interrupted", "interrupted while " + request.uri() + " was fetched");
        }
    }

    static ActionException unreachable(HttpRequest request, int status) {
        String said = request.uri() + " answered " + status;
        return status >= 500 || status == 429
                ? ActionException.passing("chart-unreachable", said)
                : ActionException.permanent("chart-not-found", said);
    }

    private static ActionException away(HttpRequest request, IOException e) {
        return ActionException.passing("chart-unreachable", request.uri() + " did not answer: " + e);
    }
}
