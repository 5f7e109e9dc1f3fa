package io.upstep.simulator.api;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What the path of a request names.
 *
 * @param name empty when it is about all objects
 * @param below what follows the name: a subresource and, for a proxy, the path behind it
 */
record ApiPath(String group, String version, String namespace, String plural, String name, List<String> below) {

    /** Reads {@code /api/v1/...} and {@code /apis/group/version/...}; nothing when it is another path. */
    static Optional<ApiPath> parse(String path) {
        List<String> parts = Arrays.stream(path.split("/", -1)).skip(1).toList();
        if (parts.size() >= 3 && parts.get(0).equals("api")) {
            return of("", parts.get(1), parts.subList(2, parts.size()));
        }
        if (parts.size() >= 4 && parts.get(0).equals("apis")) {
            return of(parts.get(1), parts.get(2), parts.subList(3, parts.size()));
        }
        return Optional.empty();
    }

    private static Optional<ApiPath> of(String group, String version, List<String> rest) {
        boolean inNamespace = rest.get(0).equals("namespaces") && rest.size() >= 3 && !isSubresource(rest);
        String namespace = inNamespace ? rest.get(1) : "";
        List<String> own = inNamespace ? rest.subList(2, rest.size()) : rest;
        if (own.get(0).isEmpty()) {
            return Optional.empty();
        }
        String name = own.size() > 1 ? own.get(1) : "";
        List<String> below = own.size() > 2 ? own.subList(2, own.size()) : List.of();
        return Optional.of(new ApiPath(group, version, namespace, own.get(0), name, below));
    }

    private static boolean isSubresource(List<String> rest) {
        return rest.size() == 3 && (rest.get(2).equals("status") || rest.get(2).equals("finalize"));
    }

    String subresource() {
        return below.isEmpty() ? "" : below.get(0);
    }
}
