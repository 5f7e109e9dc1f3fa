package io.upstep.simulator.api;

import static io.upstep.simulator.store.Fields.at;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.simulator.rules.Refusal;
import io.upstep.simulator.store.Fields;
import io.upstep.simulator.store.Key;
import io.upstep.simulator.store.Meta;
import io.upstep.simulator.store.ObjectStore;
import java.util.List;
import java.util.Map;

/** Answers HTTP requests to the applications in the cluster, which go through the API server's service proxy. */
final class ServiceProxy {
    private final ObjectStore store;
    private final WebAnswers answers;

    ServiceProxy(ObjectStore store, WebAnswers answers) {
        this.store = store;
        this.answers = answers;
    }

    Answer answer(ApiPath path, Request request) {
        String service = name(path.name());
        ObjectNode found =
                store.get(new Key("services", path.namespace(), service)).orElseThrow(() -> Refusal.noService(service));
        if (!hasReadyPod(found)) {
            throw Refusal.unavailable("no endpoints available for service \"" + path.name() + "\"");
        }
        String wanted =
                "/" + String.join("/", path.below().subList(1, path.below().size()));
        return answers.of(path.namespace(), service, wanted);
    }

    /** A service may be named as {@code scheme:name:port}, {@code name:port} or just {@code name}. */
    private static String name(String text) {
        String[] parts = text.split(":");
        return parts.length == 3 ? parts[1] : parts[0];
    }

    private boolean hasReadyPod(JsonNode service) {
        Map<String, String> selector = Fields.strings(at(service, "spec", "selector"));
        List<ObjectNode> pods = store.list("pods", Meta.namespace(service));
        return selector.isEmpty()
                || pods.stream()
                        .anyMatch(p -> isReady(p) && Meta.labels(p).entrySet().containsAll(selector.entrySet()));
    }

    static boolean isReady(JsonNode pod) {
        return Fields.objects(at(pod, "status", "conditions")).stream()
                .anyMatch(c -> c.path("type").asText().equals("Ready")
                        && c.path("status").asText().equals("True"));
    }
}
