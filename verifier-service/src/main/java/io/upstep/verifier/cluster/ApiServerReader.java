package io.upstep.verifier.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Reads a cluster through its API server. */
final class ApiServerReader implements ClusterReader {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int API_LIMIT = 64 * 1024 * 1024;
    private static final Kind SECRET = Kind.builtIn("Secret");
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    private final Transport server;
    private final int bodyLimit;
    private final BooleanSupplier inside;

    /** @param inside whether Services can be reached by their names, because this process runs in the cluster itself */
    ApiServerReader(Transport server, int bodyLimit, BooleanSupplier inside) {
        this.server = server;
        this.bodyLimit = bodyLimit;
        this.inside = inside;
    }

    @Override
    public Optional<KubeObject> get(Kind kind, String namespace, String name) {
        return ask(kind.path(namespace) + "/" + encoded(name)).map(json -> object(json, kind));
    }

    @Override
    public List<KubeObject> list(Kind kind, String namespace, String selector) {
        String query = selector == null || selector.isBlank() ? "" : "?labelSelector=" + encoded(selector);
        List<KubeObject> found = new ArrayList<>();
        ask(kind.path(namespace) + query)
                .orElseThrow(() -> new KindNotServedException(kind.name(), kind.apiVersion()))
                .path("items")
                .forEach(item -> found.add(object(item, kind)));
        return found;
    }

    @Override
    public Kind kind(String kind, String apiVersion) {
        return Kind.builtIn(kind, apiVersion).orElseGet(() -> discover(kind, apiVersion));
    }

    @Override
    public HttpAnswer getFromService(String namespace, String service, String port, String path) {
        String target =
                Kind.builtIn("Service").path(namespace) + "/" + encoded(service) + ":" + encoded(port) + "/proxy";
        HttpAnswer answer = server.get(target + (path.startsWith("/") ? path : "/" + path), bodyLimit);
        if (isRefusal(answer)) {
            throw new NoAnswerException("the API server does not let the verifier ask Service " + service + ": "
                    + message(answer) + "; it needs 'get' on services/proxy");
        }
        return answer;
    }

    /** The API server's own no, as opposed to one of the service behind it. */
    private static boolean isRefusal(HttpAnswer answer) {
        return (answer.status() == UNAUTHORIZED || answer.status() == FORBIDDEN)
                && answer.body().contains("\"kind\":\"Status\"");
    }

    @Override
    public String login(String namespace, String secret, String key) {
        return NamedSecrets.value(ask(SECRET.path(namespace) + "/" + encoded(secret)), namespace, secret, key);
    }

    @Override
    public List<HelmRecord> helmRecords(String namespace, String release) {
        String query = "?labelSelector=" + encoded("owner=helm,name=" + release);
        return ask(SECRET.path(namespace) + query)
                .map(list -> NamedSecrets.records(list, release))
                .orElse(List.of());
    }

    @Override
    public Tunnel reach(String namespace, String service, int port) {
        if (inside.getAsBoolean()) {
            return Tunnel.direct(service + "." + namespace + ".svc", port);
        }
        KubeObject found = get(Kind.builtIn("Service"), namespace, service)
                .orElseThrow(() -> new NoAnswerException(
                        "expected Service " + service + " in namespace " + namespace + ", and there is none"));
        Backend backend = Backend.of(found, port, this, namespace);
        return server.forward(namespace, backend.pod(), backend.port());
    }

    @Override
    public String serverVersion() {
        return ask("version")
                .map(version -> version.path("gitVersion").asText(null))
                .filter(version -> !version.isBlank())
                .orElseThrow(() -> new NoAnswerException("the API server does not say its version"));
    }

    private Kind discover(String kind, String apiVersion) {
        if (apiVersion == null) {
            throw new KindNotServedException(kind, null);
        }
        JsonNode group = ask(Kind.group(apiVersion)).orElseThrow(() -> new KindNotServedException(kind, apiVersion));
        for (JsonNode resource : group.path("resources")) {
            // "deployments/scale" and the like are parts of a kind, not kinds.
            String plural = resource.path("name").asText();
            if (resource.path("kind").asText().equals(kind) && !plural.contains("/")) {
                return new Kind(
                        apiVersion, kind, plural, resource.path("namespaced").asBoolean());
            }
        }
        throw new KindNotServedException(kind, apiVersion);
    }

    private Optional<JsonNode> ask(String path) {
        HttpAnswer answer = server.get(path, API_LIMIT);
        if (answer.status() == NOT_FOUND) {
            return Optional.empty();
        }
        if (!answer.isGood() || !answer.complete()) {
            throw new NoAnswerException(
                    "expected an answer to GET /" + path + ", came " + answer.status() + ": " + message(answer));
        }
        try {
            return Optional.of(JSON.readTree(answer.body()));
        } catch (JsonProcessingException e) {
            throw new NoAnswerException("expected JSON from GET /" + path + ", came '" + answer.excerpt() + "'", e);
        }
    }

    private static String message(HttpAnswer answer) {
        try {
            return JSON.readTree(answer.body()).path("message").asText(answer.excerpt());
        } catch (JsonProcessingException e) {
            // Not the API server's own Status: a proxy in between, perhaps. Its words are all there is.
            return answer.excerpt();
        }
    }

    /** Items of a list come without their kind. */
    private static KubeObject object(JsonNode json, Kind kind) {
        ObjectNode object = (ObjectNode) json;
        object.put("apiVersion", kind.apiVersion()).put("kind", kind.name());
        return new KubeObject(SecretRedaction.redact(object));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
