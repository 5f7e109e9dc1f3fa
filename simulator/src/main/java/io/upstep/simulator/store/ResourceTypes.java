package io.upstep.simulator.store;

import static io.upstep.simulator.store.Fields.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Knows every resource type the cluster serves: Kubernetes' own and those that custom resource definitions add. */
public final class ResourceTypes {
    private static final String TABLE = "/io/upstep/simulator/resource-types.tsv";

    private final List<ResourceType> types = new CopyOnWriteArrayList<>(builtIn());

    public List<ResourceType> all() {
        return List.copyOf(types);
    }

    public Optional<ResourceType> ofPath(String group, String version, String plural) {
        return types.stream()
                .filter(t -> t.plural().equals(plural)
                        && t.group().equals(group)
                        && t.version().equals(version))
                .findFirst();
    }

    public Optional<ResourceType> ofObject(JsonNode object) {
        return ofKind(text(object, "apiVersion"), text(object, "kind"));
    }

    public Optional<ResourceType> ofKind(String apiVersion, String kind) {
        return types.stream()
                .filter(t -> t.kind().equals(kind) && t.apiVersion().equals(apiVersion))
                .findFirst();
    }

    /** Where an object is stored; it must be of a type that is known. */
    public Key keyOf(JsonNode object) {
        return ofObject(object)
                .map(t -> t.key(Meta.namespace(object), Meta.name(object)))
                .orElseThrow(
                        () -> new IllegalArgumentException("expected an object of a kind this cluster serves, came "
                                + text(object, "apiVersion") + " " + Meta.kind(object)
                                + "; create its CustomResourceDefinition first"));
    }

    /** Follows the custom resource definitions as they come, change and go. */
    public void follow(Change change) {
        if (!change.key().resource().equals("customresourcedefinitions.apiextensions.k8s.io")) {
            return;
        }
        String group = text(change.object(), "spec", "group");
        String plural = text(change.object(), "spec", "names", "plural");
        types.removeIf(
                t -> !t.builtIn() && t.group().equals(group) && t.plural().equals(plural));
        if (change.type() != Change.Type.DELETED) {
            types.addAll(definedBy(change.object()));
        }
    }

    private static List<ResourceType> definedBy(ObjectNode definition) {
        JsonNode spec = definition.path("spec");
        List<String> shortNames = new ArrayList<>();
        spec.path("names").path("shortNames").forEach(n -> shortNames.add(n.asText()));
        return Fields.objects(spec.path("versions")).stream()
                .filter(v -> v.path("served").asBoolean(true))
                .map(v -> new ResourceType(
                        text(spec, "group"),
                        text(v, "name"),
                        text(spec, "names", "kind"),
                        text(spec, "names", "plural"),
                        shortNames,
                        !text(spec, "scope").equals("Cluster"),
                        true,
                        v.path("subresources").has("status"),
                        v.path("subresources").has("scale"),
                        false))
                .toList();
    }

    private static List<ResourceType> builtIn() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(ResourceTypes.class.getResourceAsStream(TABLE), TABLE),
                StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(l -> !l.isBlank() && !l.startsWith("#"))
                    .map(ResourceTypes::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ResourceType parse(String line) {
        String[] cell = line.split("\t");
        int slash = cell[0].indexOf('/');
        List<String> has = List.of(cell[4].split(","));
        return new ResourceType(
                slash < 0 ? "" : cell[0].substring(0, slash),
                cell[0].substring(slash + 1),
                cell[1],
                cell[2],
                cell[3].equals("-") ? List.of() : List.of(cell[3].split(",")),
                has.contains("namespaced"),
                has.contains("generation"),
                has.contains("status"),
                has.contains("scale"),
                true);
    }
}
