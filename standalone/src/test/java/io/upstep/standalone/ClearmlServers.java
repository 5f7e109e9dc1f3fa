package io.upstep.standalone;

import io.fabric8.kubernetes.api.model.Pod;
import io.upstep.simulator.Knobs;
import io.upstep.simulator.servers.FakeMongod;
import io.upstep.simulator.servers.RealElasticsearch;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The databases in the pods: each runs as long as its pod does, on the directory that the pod has mounted. */
final class ClearmlServers implements AutoCloseable {
    private static final int ELASTICSEARCH = 9200;
    private static final int MONGO = 27017;

    private final ClearmlDisk disk;
    private final Knobs knobs;
    private final Map<String, RealElasticsearch> nodes = new ConcurrentHashMap<>();
    private final Map<String, RealElasticsearch> byPod = new ConcurrentHashMap<>();
    private final Map<String, FakeMongod> mongods = new ConcurrentHashMap<>();
    private final Map<String, String> current = new ConcurrentHashMap<>();
    private final List<String> collisions = new CopyOnWriteArrayList<>();

    ClearmlServers(ClearmlDisk disk, Knobs knobs) {
        this.disk = disk;
        this.knobs = knobs;
    }

    static boolean isOne(Pod pod) {
        return image(pod).contains("elasticsearch:") || image(pod).matches("(.*/)?mongo:.*");
    }

    void start(Pod pod) {
        begin(pod);
        current.put(key(pod), uid(pod));
    }

    private static String key(Pod pod) {
        return pod.getMetadata().getNamespace() + "/"
                + pod.getMetadata().getLabels().get("app.kubernetes.io/name");
    }

    private void begin(Pod pod) {
        if (image(pod).contains("elasticsearch:")) {
            elasticsearch(pod);
        } else {
            mongod(pod);
        }
    }

    void stop(Pod pod) {
        current.remove(key(pod), uid(pod));
        RealElasticsearch node = byPod.remove(uid(pod));
        if (node != null) {
            node.stop();
        }
        FakeMongod mongod = mongods.remove(uid(pod));
        if (mongod != null) {
            mongod.close();
        }
    }

    /** The node of that version on a directory; it keeps its port from one start to the next. */
    RealElasticsearch node(String hostPath, String version) {
        return nodes.get(disk.at(hostPath) + " " + version);
    }

    /** What no real disk would have forgiven: two servers on one directory at once. */
    List<String> collisions() {
        return collisions;
    }

    private void elasticsearch(Pod pod) {
        String version = image(pod).contains(":5.") ? RealElasticsearch.OLD : RealElasticsearch.NEW;
        Path data = Path.of(disk.real(pod, "/usr/share/elasticsearch/data"));
        nodes.entrySet().stream()
                .filter(e -> e.getKey().startsWith(data + " ") && e.getValue().isAlive())
                .forEach(e -> collisions.add(
                        pod.getMetadata().getName() + " on " + data + ", on which " + e.getKey() + " runs"));
        RealElasticsearch node = nodes.compute(
                data + " " + version,
                (key, before) ->
                        before == null ? RealElasticsearch.start(version, data, settings(version)) : before.restart());
        byPod.put(uid(pod), node);
        backend(pod, ELASTICSEARCH, node.port());
    }

    private static String[] settings(String version) {
        // The machine's disk may be fuller than a user's ought to be.
        return version.equals(RealElasticsearch.OLD)
                ? new String[] {"cluster.routing.allocation.disk.threshold_enabled: false"}
                : new String[] {
                    "reindex.remote.whitelist: '127.0.0.1:*'",
                    "cluster.routing.allocation.disk.threshold_enabled: false"
                };
    }

    private void mongod(Pod pod) {
        String version = image(pod).substring(image(pod).lastIndexOf(':') + 1);
        FakeMongod mongod;
        try {
            mongod = FakeMongod.start(Path.of(disk.real(pod, "/data/db")), version);
        } catch (FakeMongod.ExitException e) {
            if (e.code() == 100) {
                collisions.add(pod.getMetadata().getName() + ": " + e.getMessage());
            }
            throw e;
        }
        mongods.put(uid(pod), mongod);
        backend(pod, MONGO, mongod.port());
    }

    private void backend(Pod pod, int port, int realPort) {
        knobs.backend(pod.getMetadata().getNamespace(), pod.getMetadata().getName(), port, "127.0.0.1", realPort);
    }

    /** The port of the mongod that runs in a namespace's Deployment of that name. */
    int port(String namespace, String app) {
        return mongod(namespace, app).port();
    }

    FakeMongod mongod(String namespace, String app) {
        return mongods.get(current(namespace, app));
    }

    RealElasticsearch elasticsearch(String namespace, String app) {
        return byPod.get(current(namespace, app));
    }

    boolean isRunning(String namespace, String app) {
        return current.containsKey(namespace + "/" + app);
    }

    private String current(String namespace, String app) {
        String uid = current.get(namespace + "/" + app);
        if (uid == null) {
            throw new IllegalStateException("connection refused: no " + app + " runs in " + namespace);
        }
        return uid;
    }

    private static String uid(Pod pod) {
        return pod.getMetadata().getUid();
    }

    private static String image(Pod pod) {
        return pod.getSpec().getContainers().get(0).getImage();
    }

    @Override
    public void close() {
        nodes.values().forEach(RealElasticsearch::close);
        mongods.values().forEach(FakeMongod::close);
    }
}
