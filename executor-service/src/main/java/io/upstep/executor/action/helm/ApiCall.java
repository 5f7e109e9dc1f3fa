package io.upstep.executor.action.helm;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One request to the API server, and what its path is about. */
record ApiCall(
        String method, String path, String query, String contentType, List<String> accept, byte[] body, Place place) {
    static final int LARGEST = 16 * 1024 * 1024;
    private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH", "DELETE");
    private static final String MERGE = "application/merge-patch+json";

    /**
     * Where an object is, or a collection.
     *
     * @param namespace null for what has none
     * @param name null for the collection
     * @param subresource null for the object itself
     */
    record Place(String apiVersion, String namespace, String plural, String name, String subresource) {

        static Optional<Place> of(String path) {
            List<String> parts =
                    Arrays.stream(path.split("/")).filter(p -> !p.isEmpty()).toList();
            boolean core = parts.size() > 2 && parts.get(0).equals("api");
            boolean grouped = parts.size() > 3 && parts.get(0).equals("apis");
            if (!core && !grouped) {
                return Optional.empty();
            }
            String apiVersion = core ? parts.get(1) : parts.get(1) + "/" + parts.get(2);
            List<String> rest = parts.subList(core ? 2 : 3, parts.size());
            boolean inside = rest.size() > 2 && rest.get(0).equals("namespaces");
            List<String> object = inside ? rest.subList(2, rest.size()) : rest;
            return Optional.of(new Place(
                    apiVersion,
                    inside ? rest.get(1) : null,
                    object.get(0),
                    object.size() > 1 ? object.get(1) : null,
                    object.size() > 2 ? object.get(2) : null));
        }
    }

    /** @param prefix how much of the path leads to the door only */
    static ApiCall of(HttpExchange exchange, int prefix) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(LARGEST + 1);
        if (body.length > LARGEST) {
            throw new IOException("expected a body of at most " + LARGEST + " bytes");
        }
        String path = exchange.getRequestURI().getRawPath().substring(prefix);
        return new ApiCall(
                exchange.getRequestMethod(),
                path,
                exchange.getRequestURI().getRawQuery(),
                exchange.getRequestHeaders().getFirst("Content-Type"),
                exchange.getRequestHeaders().getOrDefault("Accept", List.of()),
                body,
                Place.of(path).orElse(null));
    }

    boolean isWrite() {
        return WRITES.contains(method);
    }

    /** Reviews of permissions are asked by a POST and change nothing, nor does a rehearsal. */
    boolean changesNothing() {
        return !isWrite()
                || place != null && place.apiVersion().startsWith("authorization.k8s.io/")
                || query != null && query.contains("dryRun=All");
    }

    boolean isJson() {
        return contentType != null && contentType.contains("json");
    }

    boolean isMergePatch() {
        return MERGE.equals(contentType);
    }

    boolean isWatch() {
        return query != null && (query.contains("watch=true") || query.contains("follow=true"));
    }
}
