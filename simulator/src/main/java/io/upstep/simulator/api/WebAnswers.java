package io.upstep.simulator.api;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The table of what the applications in the cluster answer over HTTP. */
public final class WebAnswers {
    private static final Answer HEALTHY = Answer.text("ok");

    private final Map<String, Answer> answers = new ConcurrentHashMap<>();

    public void put(String namespace, String service, String path, Answer answer) {
        answers.put(key(namespace, service, path), answer);
    }

    /** What was put there; otherwise healthy under the usual paths, and not found elsewhere. */
    Answer of(String namespace, String service, String path) {
        Answer otherwise = path.matches("/(healthz|_health|livez|readyz)?/?")
                ? HEALTHY
                : new Answer(404, "text/plain; charset=utf-8", "not found");
        return answers.getOrDefault(key(namespace, service, path), otherwise);
    }

    private static String key(String namespace, String service, String path) {
        return namespace + "/" + service + path;
    }
}
