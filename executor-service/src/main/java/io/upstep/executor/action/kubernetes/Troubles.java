package io.upstep.executor.action.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What the cluster says about a pod that does not come up: its claims, and the latest warnings about them and itself. */
final class Troubles {
    private static final int MOST = 5;
    private static final int LONGEST = 300;

    private final FencedObjects objects;

    Troubles(FencedObjects objects) {
        this.objects = objects;
    }

    /** To be appended to a sentence; empty if nothing is known. */
    String of(JsonNode pod) {
        List<String> claims = claims(pod).toList();
        List<String> said = new ArrayList<>();
        String node = pod.at("/spec/nodeName").asText();
        if (!node.isEmpty()) {
            said.add("node " + node);
        }
        Kind claim = objects.kind("PersistentVolumeClaim", null);
        for (String name : claims) {
            said.add(objects.get(claim, name).map(Troubles::described).orElse("claim " + name + " is not there"));
        }
        Set<String> about =
                Stream.concat(claims.stream(), Stream.of(Manifest.name(pod))).collect(Collectors.toSet());
        List<String> warnings = objects.list(objects.kind("Event", "v1"), null).stream()
                .filter(event -> event.path("type").asText().equals("Warning"))
                .filter(event -> about.contains(event.at("/involvedObject/name").asText()))
                .map(event -> event.path("reason").asText() + ": "
                        + event.path("message").asText())
                .distinct()
                .toList();
        said.addAll(warnings.subList(Math.max(0, warnings.size() - MOST), warnings.size()));
        return said.stream()
                .map(text -> text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…")
                .map(text -> "; " + text)
                .collect(Collectors.joining());
    }

    private static Stream<String> claims(JsonNode pod) {
        return StreamSupport.stream(pod.at("/spec/volumes").spliterator(), false)
                .map(volume -> volume.at("/persistentVolumeClaim/claimName").asText(null))
                .filter(Objects::nonNull);
    }

    private static String described(ObjectNode claim) {
        return "claim " + Manifest.name(claim) + " is "
                + claim.at("/status/phase").asText("of unknown phase") + " to volume "
                + claim.at("/spec/volumeName").asText("none");
    }
}
