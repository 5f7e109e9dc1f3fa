package io.upstep.simulator.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.simulator.rules.Refusal;
import io.upstep.simulator.store.ResourceType;
import io.upstep.simulator.store.ResourceTypes;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Answers what the API server serves: its version, health, groups and resources. */
final class Discovery {
    private static final String MINOR = "34";
    private static final List<String> ALL_VERBS =
            List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");

    private static final Set<String> SHOWN_BY_ALL =
            Set.of("Pod", "Service", "Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "Job", "CronJob");

    private final ResourceTypes types;
    private final OpenApi openApi;

    Discovery(ResourceTypes types) {
        this.types = types;
        this.openApi = new OpenApi(types);
    }

    /** The answer to a path that names no object. */
    Optional<Answer> answer(String path) {
        if (path.startsWith("/openapi/")) {
            return Optional.of(openApi.answer(path));
        }
        String[] parts = path.replaceAll("/+$", "").split("/");
        if (parts.length == 2 || parts.length == 0) {
            return top(parts.length == 0 ? "" : parts[1]);
        }
        if (parts.length == 3 && parts[1].equals("api")) {
            return Optional.of(resources("", parts[2]));
        }
        if (parts.length == 3 && parts[1].equals("apis")) {
            return Optional.of(Answer.json(group(parts[2], versions(parts[2]))));
        }
        return parts.length == 4 && parts[1].equals("apis")
                ? Optional.of(resources(parts[2], parts[3]))
                : Optional.empty();
    }

    private Optional<Answer> top(String name) {
        return switch (name) {
            case "version" -> Optional.of(Answer.json(version()));
            case "healthz", "livez", "readyz" -> Optional.of(Answer.text("ok"));
            case "api" -> Optional.of(Answer.json(coreVersions()));
            case "apis" -> Optional.of(Answer.json(groups()));
            default -> Optional.empty();
        };
    }

    private static ObjectNode version() {
        return Bodies.JSON
                .createObjectNode()
                .put("major", "1")
                .put("minor", MINOR)
                .put("gitVersion", "v1." + MINOR + ".0+simulated")
                .put("gitCommit", "simulated")
                .put("gitTreeState", "clean")
                .put("buildDate", "2026-01-01T00:00:00Z")
                .put("goVersion", "none")
                .put("compiler", "none")
                .put("platform", "linux/amd64");
    }

    private static ObjectNode coreVersions() {
        ObjectNode versions = Bodies.JSON.createObjectNode();
        versions.put("kind", "APIVersions").putArray("versions").add("v1");
        versions.putArray("serverAddressByClientCIDRs");
        return versions;
    }

    private ObjectNode groups() {
        ObjectNode list = Bodies.JSON.createObjectNode();
        list.put("kind", "APIGroupList").put("apiVersion", "v1");
        ArrayNode groups = list.putArray("groups");
        types.all().stream()
                .map(ResourceType::group)
                .filter(g -> !g.isEmpty())
                .distinct()
                .forEach(g -> groups.add(group(g, versions(g))));
        return list;
    }

    private List<String> versions(String group) {
        List<String> versions = types.all().stream()
                .filter(t -> t.group().equals(group))
                .map(ResourceType::version)
                .distinct()
                .toList();
        if (versions.isEmpty()) {
            throw Refusal.noSuchPath();
        }
        return versions;
    }

    private static ObjectNode group(String name, List<String> versions) {
        ObjectNode group = Bodies.JSON.createObjectNode();
        group.put("kind", "APIGroup").put("apiVersion", "v1").put("name", name);
        ArrayNode all = group.putArray("versions");
        versions.forEach(
                v -> all.addObject().put("groupVersion", name + "/" + v).put("version", v));
        group.set("preferredVersion", all.get(0).deepCopy());
        return group;
    }

    private Answer resources(String group, String version) {
        ObjectNode list = Bodies.JSON.createObjectNode();
        list.put("kind", "APIResourceList").put("apiVersion", "v1");
        list.put("groupVersion", group.isEmpty() ? version : group + "/" + version);
        ArrayNode resources = list.putArray("resources");
        types.all().stream()
                .filter(t -> t.group().equals(group) && t.version().equals(version))
                .forEach(t -> describe(resources, t));
        if (resources.isEmpty()) {
            throw Refusal.noSuchPath();
        }
        return Answer.json(list);
    }

    private static void describe(ArrayNode resources, ResourceType type) {
        ObjectNode main = entry(resources, type, type.plural(), type.isReview() ? List.of("create") : ALL_VERBS);
        if (!type.shortNames().isEmpty()) {
            type.shortNames().forEach(main.putArray("shortNames")::add);
        }
        if (type.builtIn() && SHOWN_BY_ALL.contains(type.kind())) {
            main.putArray("categories").add("all");
        }
        if (type.status()) {
            entry(resources, type, type.plural() + "/status", List.of("get", "patch", "update"));
        }
        if (type.scale()) {
            entry(resources, type, type.plural() + "/scale", List.of("get", "patch", "update"))
                    .put("kind", "Scale")
                    .put("group", "autoscaling")
                    .put("version", "v1");
        }
    }

    private static ObjectNode entry(ArrayNode resources, ResourceType type, String name, List<String> verbs) {
        ObjectNode entry = resources.addObject();
        entry.put("name", name).put("singularName", type.kind().toLowerCase(Locale.ROOT));
        entry.put("namespaced", type.namespaced()).put("kind", type.kind());
        verbs.forEach(entry.putArray("verbs")::add);
        return entry;
    }
}
