package io.upstep.executor.action.helm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.kubernetes.FencedObjects;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Helm's operations on one release for one attempt, each through a door and in a process of its own. */
final class Helm {
    static final Duration USUAL_TIMEOUT = Duration.ofMinutes(5);
    // Beyond the time Helm takes for itself: it is to say what it waited for, before it is ended.
    private static final Duration LAST_WORD = Duration.ofSeconds(30);
    private static final Pattern VERSION = Pattern.compile("v?(\\d+\\.\\d+)(?:\\.\\d+)?.*");

    private final HelmLibrary library;
    private final StepContext context;
    private final FencedObjects objects;
    private final String release;

    Helm(HelmLibrary library, StepContext context, FencedObjects objects, String release) {
        this.library = library;
        this.context = context;
        this.objects = objects;
        this.release = release;
    }

    String rendered(Chart chart, ObjectNode values) {
        Map<String, String> request = request("template");
        request.put("kubeVersion", kubeVersion());
        return run(request, chart, values, USUAL_TIMEOUT).get("output");
    }

    /** @param install whether Helm does not know the release yet */
    void upgrade(boolean install, Chart chart, ObjectNode values, String description, boolean wait, Duration timeout) {
        Map<String, String> request = request(install ? "install" : "upgrade");
        request.put("description", description);
        request.put("wait", Boolean.toString(wait));
        Duration limit = timeout == null ? USUAL_TIMEOUT : timeout;
        request.put("timeout", Long.toString(Math.max(1, limit.toSeconds())));
        run(request, chart, values, limit.multipliedBy(3).plus(LAST_WORD));
    }

    void uninstall(boolean hooks, boolean keepHistory, Duration timeout, ObjectNode values) {
        Map<String, String> request = request("uninstall");
        request.put("hooks", Boolean.toString(hooks));
        request.put("keepHistory", Boolean.toString(keepHistory));
        run(request, null, values, timeout == null ? USUAL_TIMEOUT.multipliedBy(2) : timeout);
    }

    private Map<String, String> request(String operation) {
        Map<String, String> request = new LinkedHashMap<>();
        request.put("operation", operation);
        request.put("release", release);
        request.put("namespace", context.namespace());
        return request;
    }

    private Map<String, String> run(Map<String, String> request, Chart chart, ObjectNode values, Duration timeout) {
        try (WorkPlace work = new WorkPlace();
                Door door = new Door(context, objects)) {
            request.put("work", work.directory().toString());
            request.put("library", library.file().toString());
            request.put("kubeconfig", file(work, "kubeconfig", door.kubeconfig().getBytes(StandardCharsets.UTF_8)));
            request.put("values", file(work, "values.yaml", LiteralChart.bytes(values)));
            if (chart != null) {
                chart.files().forEach((name, content) -> work.file("chart/" + name, content));
                request.put("chart", work.directory().resolve("chart").toString());
            }
            return new HelmProcess(library, context, said -> Values.hidden(door.told(said), values))
                    .run(request, work, door, timeout);
        }
    }

    private static String file(WorkPlace work, String name, byte[] content) {
        return work.file(name, content).toString();
    }

    private String kubeVersion() {
        String said = context.client().getKubernetesVersion().getGitVersion();
        Matcher version = VERSION.matcher(String.valueOf(said));
        return version.matches() ? "v" + version.group(1) + ".0" : "v1.30.0";
    }
}
