package io.upstep.standalone.fault;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.upstep.broker.contract.server.RealServer;
import io.upstep.simulator.Options;
import io.upstep.simulator.SimulatedCluster;
import io.upstep.simulator.controller.Pace;
import io.upstep.standalone.ServiceProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Everything that a fault can hit, as real processes: planners on one PostgreSQL, executors, verifiers and their broker. The
 * cluster they work on is simulated in this process, survives everything, and is the judge.
 */
final class Scene implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final List<AutoCloseable> parts = new ArrayList<>();
    private final List<Victim> victims = new ArrayList<>();
    private final List<URI> planners = new ArrayList<>();
    private final Map<String, ServiceProcess> services = new TreeMap<>();
    private final Path directory;
    private final SimulatedCluster cluster;
    private final Map<String, String> environment = new TreeMap<>();
    private Wire wire;
    private Upstep upstep;
    private RealServer broker;
    /** Whether executors are called as the test calls them; then none of them may be started a second time. */
    private boolean named;

    private Scene(Path directory) {
        this.directory = directory;
        Options options = Options.named("local").withPace(Pace.each(Duration.ofMillis(150)));
        boolean fencing = Boolean.parseBoolean(System.getProperty("upstep.faults.fencing", "true"));
        cluster = SimulatedCluster.start(fencing ? options : options.withoutFencing());
        parts.add(cluster);
    }

    /** Two of each, as small as they can be; of the embedded broker one process that is all of them. */
    static Scene open(BrokerKind kind, Path directory, List<Site> sites) throws Exception {
        Scene scene = new Scene(directory);
        try {
            scene.begin(kind, kind.server(), sites);
            if (kind == BrokerKind.EMBEDDED) {
                scene.add(Role.PLANNER, "standalone", "standalone");
            } else {
                scene.add(Role.PLANNER, "planner-service", "planner-1");
                scene.add(Role.PLANNER, "planner-service", "planner-2");
                scene.add(Role.EXECUTOR, "executor-service", "executor-1");
                scene.add(Role.EXECUTOR, "executor-service", "executor-2");
                scene.add(Role.VERIFIER, "verifier-service", "verifier-1");
                scene.add(Role.VERIFIER, "verifier-service", "verifier-2");
            }
            scene.ready(kind);
            return scene;
        } catch (Exception | Error e) {
            scene.close();
            throw e;
        }
    }

    /** One planner, one verifier, and as many executors as wanted, on a broker that may have been set up in a special way. */
    static Scene open(BrokerKind kind, RealServer broker, int executors, Path directory, List<Site> sites)
            throws Exception {
        Scene scene = new Scene(directory);
        try {
            scene.begin(kind, broker, sites);
            scene.named = true;
            scene.add(Role.PLANNER, "planner-service", "planner-1");
            for (int i = 1; i <= executors; i++) {
                scene.add(Role.EXECUTOR, "executor-service", "executor-" + i);
            }
            scene.add(Role.VERIFIER, "verifier-service", "verifier-1");
            scene.ready(kind);
            return scene;
        } catch (Exception | Error e) {
            scene.close();
            throw e;
        }
    }

    SimulatedCluster cluster() {
        return cluster;
    }

    Upstep upstep() {
        return upstep;
    }

    Wire wire() {
        return wire;
    }

    List<Victim> victims(Role role) {
        return victims.stream().filter(victim -> victim.role() == role).toList();
    }

    ServiceProcess service(String name) {
        return services.get(name);
    }

    /** Whether every service says that it is ready. */
    boolean isReady() {
        return services.values().stream().allMatch(service -> service.isAlive() && service.readiness() == 200);
    }

    /** Everything that goes on in the logs, for a report of what went wrong. */
    String logs() {
        StringBuilder logs = new StringBuilder();
        services.forEach((name, service) -> logs.append("--- ")
                .append(name)
                .append(":\n")
                .append(service.tail())
                .append('\n'));
        return logs.toString();
    }

    @Override
    public void close() throws Exception {
        for (int i = parts.size() - 1; i >= 0; i--) {
            parts.get(i).close();
        }
    }

    private void begin(BrokerKind kind, RealServer server, List<Site> sites) throws Exception {
        for (Site site : sites) {
            cluster.load(site.objects());
        }
        cluster.settle();
        environment.putAll(Timings.ENVIRONMENT);
        environment.put("UPSTEP_DATA_DIR", directory.resolve("data").toString());
        environment.put("UPSTEP_CLUSTERS", cluster.name());
        environment.put(
                "UPSTEP_KUBECONFIG",
                Files.writeString(directory.resolve("kubeconfig"), cluster.kubeconfig())
                        .toString());
        environment.put(
                "UPSTEP_PLANNER_RECIPES_DIR",
                Path.of("src/test/resources/recipes").toAbsolutePath().toString());
        startDatabase();
        if (kind != BrokerKind.EMBEDDED) {
            startBroker(server);
        }
    }

    private void startDatabase() {
        PostgresServer database = PostgresServer.create(directory.resolve("postgres"));
        parts.add(database);
        environment.putAll(database.environment());
        victims.add(new Victim(Role.DATABASE, "postgresql", () -> Optional.of(database.handle()), database::start));
    }

    private void startBroker(RealServer server) {
        broker = server;
        parts.add(broker);
        broker.start();
        broker.config().forEach((key, value) -> environment.put(variable(key), value));
        Path pid = broker.directory().resolve("server.pid");
        victims.add(new Victim(Role.BROKER, "broker", () -> processOf(pid), broker::start));
    }

    private void add(Role role, String module, String name) {
        Map<String, String> own = new TreeMap<>(environment);
        if (named) {
            own.put("UPSTEP_EXECUTOR_WORKER", name);
        }
        ServiceProcess service = ServiceProcess.start(module, directory, own);
        parts.add(service);
        services.put(name, service);
        victims.add(new Victim(role, name, () -> Optional.of(service.handle()), service::restart));
        if (role == Role.PLANNER) {
            planners.add(service.uri());
        }
    }

    private void ready(BrokerKind kind) throws Exception {
        services.values().forEach(ServiceProcess::awaitReady);
        upstep = new Upstep(planners);
        await("an executor and a verifier to be known")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> upstep.get("clusters").filter(Scene::isServed).isPresent());
        wire = kind.wire(broker);
        parts.add(wire);
    }

    private static boolean isServed(JsonNode answer) {
        for (JsonNode cluster : answer.path("clusters")) {
            if (isAlive(cluster.path("executors")) && isAlive(cluster.path("verifiers"))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAlive(JsonNode workers) {
        for (JsonNode worker : workers) {
            if (worker.path("alive").asBoolean()) {
                return true;
            }
        }
        return false;
    }

    private static Optional<ProcessHandle> processOf(Path pid) {
        try {
            return ProcessHandle.of(Long.parseLong(Files.readString(pid).trim()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String variable(String property) {
        return property.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
    }
}
