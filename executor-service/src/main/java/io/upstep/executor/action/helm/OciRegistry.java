package io.upstep.executor.action.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.upstep.executor.action.ActionException;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fetches a chart from an OCI registry: its manifest by tag, its archive by digest; with an anonymous token where asked for. */
final class OciRegistry {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String LAYER = "application/vnd.cncf.helm.chart.content.v1.tar+gzip";
    private static final Pattern PARAMETER = Pattern.compile("(realm|service|scope)=\"([^\"]*)\"");
    private static final Pattern LOCAL = Pattern.compile("(localhost|127\\.0\\.0\\.1)(:\\d+)?");

    private final ChartSources sources;
    private final ChartRef ref;
    private final String root;
    private String token;

    OciRegistry(ChartSources sources, ChartRef ref) {
        this.sources = sources;
        this.ref = ref;
        String path = ref.oci().substring("oci://".length());
        String host = path.substring(0, path.indexOf('/'));
        // As every client of registries does: plain HTTP on the machine itself, and nowhere else.
        String scheme = LOCAL.matcher(host).matches() ? "http" : "https";
        this.root = scheme + "://" + host + "/v2" + path.substring(path.indexOf('/'));
    }

    byte[] archive() {
        // A tag cannot have a plus, which versions may have.
        byte[] manifest = get("/manifests/" + ref.version().replace('+', '_'), MANIFEST);
        try {
            for (JsonNode layer : MAPPER.readTree(manifest).path("layers")) {
                if (layer.path("mediaType").asText().equals(LAYER)) {
                    return checked(get("/blobs/" + layer.path("digest").asText(), "*/*"), layer);
                }
            }
        } catch (IOException e) {
            // Told below.
        }
        throw ActionException.permanent("chart-not-found", "expected a chart at " + ref + ", came something else");
    }

    private byte[] checked(byte[] blob, JsonNode layer) {
        if (!Values.sha256(blob).equals(layer.path("digest").asText())) {
            throw ActionException.passing("chart-unreachable", "the archive of " + ref + " arrived damaged");
        }
        return blob;
    }

    private byte[] get(String path, String accept) {
        HttpRequest request = request(path, accept);
        HttpResponse<InputStream> response = sources.sendStraight(request);
        try (InputStream body = response.body()) {
            if (response.statusCode() / 100 == 3) {
                return elsewhere(request, response);
            }
            if (response.statusCode() == HttpURLConnection.HTTP_UNAUTHORIZED && token == null) {
                token = token(response.headers().firstValue("WWW-Authenticate").orElse(""));
                return get(path, accept);
            }
            if (response.statusCode() != HttpURLConnection.HTTP_OK) {
                throw ChartSources.unreachable(request, response.statusCode());
            }
            return body.readNBytes(ChartArchive.LARGEST + 1);
        } catch (IOException e) {
            throw ActionException.passing("chart-unreachable", request.uri() + " did not answer: " + e);
        }
    }

    /** Registries keep archives with others, whom the token is not for, and who may refuse it. */
    private byte[] elsewhere(HttpRequest request, HttpResponse<InputStream> response) {
        URI there =
                request.uri().resolve(response.headers().firstValue("Location").orElse(""));
        if (!there.getScheme().equals(request.uri().getScheme())
                && !there.getScheme().equals("https")) {
            throw ActionException.permanent(
                    "chart-not-found",
                    "expected " + ref + " to stay with https, came a redirection to " + there.getHost());
        }
        return sources.bytes(ChartSources.get(there));
    }

    private HttpRequest request(String path, String accept) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(ChartSources.get(URI.create(root + path)), (n, v) -> true);
        builder.header("Accept", accept);
        return (token == null ? builder : builder.header("Authorization", "Bearer " + token)).build();
    }

    private String token(String challenge) throws IOException {
        StringBuilder query = new StringBuilder();
        String realm = null;
        for (Matcher found = PARAMETER.matcher(challenge); found.find(); ) {
            if (found.group(1).equals("realm")) {
                realm = found.group(2);
            } else {
                query.append(query.isEmpty() ? "?" : "&")
                        .append(found.group(1))
                        .append('=')
                        .append(found.group(2));
            }
        }
        if (!challenge.startsWith("Bearer") || realm == null) {
            throw ActionException.permanent(
                    "chart-not-found",
                    "expected " + ref + " to be readable by everybody, but the registry asks who comes");
        }
        JsonNode answer = MAPPER.readTree(sources.bytes(ChartSources.get(URI.create(realm + query))));
        return answer.path("token").asText(answer.path("access_token").asText());
    }
}
