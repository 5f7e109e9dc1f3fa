package io.upstep.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.upstep.simulator.api.ApiServer;
import io.upstep.simulator.api.Backends;
import io.upstep.simulator.api.Interference;
import io.upstep.simulator.api.Loader;
import io.upstep.simulator.api.Router;
import io.upstep.simulator.api.WebAnswers;
import io.upstep.simulator.audit.WriteRecord;
import io.upstep.simulator.controller.Characters;
import io.upstep.simulator.controller.Controllers;
import io.upstep.simulator.controller.Events;
import io.upstep.simulator.controller.Runs;
import io.upstep.simulator.controller.StorageClasses;
import io.upstep.simulator.controller.Timeline;
import io.upstep.simulator.controller.World;
import io.upstep.simulator.rules.Deletion;
import io.upstep.simulator.rules.Timestamps;
import io.upstep.simulator.store.Journal;
import io.upstep.simulator.store.Key;
import io.upstep.simulator.store.ObjectStore;
import io.upstep.simulator.store.ResourceTypes;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A Kubernetes cluster in this process: an API server, the usual controllers, and pods that only say they run. */
public final class SimulatedCluster implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    /** More pieces of work than any sensible content needs to come to rest. */
    private static final int SETTLED = 20_000;

    private final String name;
    private final Vertx vertx;
    private final ObjectStore store;
    private final ResourceTypes types;
    private final Timeline timeline;
    private final Runs runs;
    private final Controllers controllers;
    private final Loader loader;
    private final RequestLog requests;
    private final WriteRecord writes;
    private final Knobs knobs;
    private final ApiServer server;
    private final Optional<Journal> journal;

    private SimulatedCluster(Options options) {
        name = options.name();
        vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        store = new ObjectStore();
        types = new ResourceTypes();
        store.listen(types::follow);
        journal = options.file().map(f -> Journal.open(f, store, types));
        Timestamps timestamps = new Timestamps(options.clock());
        Deletion deletion = new Deletion(store, timestamps);
        timeline = new Timeline("simulator-" + name);
        runs = new Runs();
        Characters characters = new Characters(runs);
        Events events = new Events(store, timestamps);
        controllers = new Controllers(
                new World(store, timeline, timestamps, deletion, options.pace(), characters, events, runs), types);
        WebAnswers web = new WebAnswers();
        Interference interference = new Interference();
        writes = new WriteRecord(options.writesKept());
        Backends backends = new Backends(store);
        Router router = new Router(store, types, deletion, web, backends, interference, writes, options.clock());
        loader = new Loader(store, types, options.clock());
        requests = new RequestLog(options.clock());
        knobs = new Knobs(
                requests,
                characters,
                web,
                interference,
                controllers::lookAtAll,
                this::listen,
                timeline,
                runs,
                backends,
                new StorageClasses(store));
        server = new ApiServer(vertx, router, store, knobs::admit, HOST, options.port());
    }

    /** Starts a cluster; what it preloads is rolled out and ready when this returns. */
    public static SimulatedCluster start(Options options) {
        SimulatedCluster cluster = new SimulatedCluster(options);
        boolean isNew = cluster.store.keys().isEmpty();
        if (isNew) {
            cluster.loader.load(Scenarios.yaml("empty"));
            if (options.fencing()) {
                cluster.loader.load(Scenarios.fencing());
            }
            options.preload().forEach(s -> cluster.loader.load(Scenarios.yaml(s)));
        }
        cluster.controllers.lookAtAll();
        if (isNew) {
            cluster.timeline.settle(SETTLED);
        }
        cluster.timeline.start();
        cluster.server.start();
        return cluster;
    }

    public String name() {
        return name;
    }

    public String url() {
        return "http://" + HOST + ":" + server.port();
    }

    public Knobs knobs() {
        return knobs;
    }

    public RequestLog requests() {
        return requests;
    }

    /** Every write to an object that the API server accepted or refused, with who had the installation at that moment. */
    public WriteRecord writes() {
        return writes;
    }

    /** Leads any client here; the context has the cluster's name. */
    public String kubeconfig() {
        return Kubeconfig.of(name, url());
    }

    /** A new client, which the caller closes. */
    public KubernetesClient client() {
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig()))
                .build();
    }

    /** Creates or replaces the objects of a YAML text; their rollout has only begun when this returns. */
    public void load(String yaml) {
        loader.load(yaml);
    }

    /** Does at once everything that is on its way, so that a test need not wait. */
    public void settle() {
        timeline.settle(SETTLED);
    }

    /** Everything as it is now, for {@link #restore}. */
    public Snapshot snapshot() {
        return new Snapshot(store.copy());
    }

    /** Makes everything as it was; who watches sees the differences. */
    public void restore(Snapshot snapshot) {
        store.atomically(() -> {
            store.keys().stream()
                    .filter(k -> !snapshot.objects().containsKey(k))
                    .forEach(store::remove);
            snapshot.objects().forEach((key, object) -> store.put(key, object.deepCopy()));
            return null;
        });
    }

    @Override
    public void close() {
        server.close();
        runs.close();
        timeline.close();
        journal.ifPresent(Journal::close);
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(5, TimeUnit.SECONDS)
                .join();
    }

    private void listen(boolean on) {
        if (on) {
            server.start();
        } else {
            server.stop();
        }
    }

    /** All objects of a cluster at one moment. */
    public record Snapshot(NavigableMap<Key, ObjectNode> objects) {}
}
