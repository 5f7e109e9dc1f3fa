package io.upstep.planner.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Begins to start the planner's own PostgreSQL while the application is still being put together: unpacking and creating a
 * database is most of what a first start takes, and needs nothing of the rest.
 */
@ApplicationScoped
class EarlyServer {
    private static final AtomicReference<Begun> BEGUN = new AtomicReference<>();

    /** Fired before any bean with runtime configuration can be had, hence the look at the bare configuration. */
    void begin(@Observes @Initialized(ApplicationScoped.class) Object event) {
        Config config = ConfigProvider.getConfig();
        boolean external = config.getOptionalValue("upstep.planner.store.url", String.class)
                .filter(url -> !url.isBlank())
                .isPresent();
        if (!external) {
            config.getOptionalValue("upstep.planner.store.directory", Path.class)
                    .ifPresent(EarlyServer::begin);
        }
    }

    private static void begin(Path directory) {
        CompletableFuture<EmbeddedServer> server = new CompletableFuture<>();
        Thread starter = new Thread(() -> start(directory, server), "postgres-start");
        starter.setDaemon(true);
        starter.start();
        BEGUN.set(new Begun(directory, server));
        // An application that fails to start takes nothing over, and leaves no server behind.
        Runtime.getRuntime().addShutdownHook(new Thread(EarlyServer::closeUntaken));
    }

    private static void start(Path directory, CompletableFuture<EmbeddedServer> server) {
        try {
            server.complete(EmbeddedServer.start(directory));
        } catch (RuntimeException e) {
            server.completeExceptionally(e);
        }
    }

    /** The server that was begun for this directory, once it runs, or else a new one. */
    static EmbeddedServer take(Path directory) {
        Begun begun = BEGUN.getAndSet(null);
        if (begun == null || !begun.directory().equals(directory)) {
            return EmbeddedServer.start(directory);
        }
        try {
            return begun.server().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private static void closeUntaken() {
        Begun begun = BEGUN.getAndSet(null);
        if (begun != null) {
            begun.server().thenAccept(EmbeddedServer::close);
        }
    }

    private record Begun(Path directory, CompletableFuture<EmbeddedServer> server) {}
}
