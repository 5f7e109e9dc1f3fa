package io.upstep.planner.recipe;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Takes over what changes in the directory with platforms of somebody's own, while everything goes on. */
@ApplicationScoped
public class RecipesWatch {
    private static final Logger LOG = Logger.getLogger(RecipesWatch.class);

    private final Optional<Path> directory;
    private final Duration interval;
    private final Catalogue catalogue;
    private final MeterRegistry registry;
    private volatile DirectoryChanges changes;
    private String trouble;

    @Inject
    public RecipesWatch(Catalogue catalogue, MeterRegistry registry) {
        this(catalogue.directory(), catalogue.interval(), catalogue, registry);
    }

    RecipesWatch(Optional<Path> directory, Duration interval, Catalogue catalogue, MeterRegistry registry) {
        this.directory = directory;
        this.interval = interval;
        this.catalogue = catalogue;
        this.registry = registry;
    }

    void start(@Observes StartupEvent event) {
        Gauge.builder("upstep.recipes.broken", catalogue::broken)
                .description("Platforms of one's own whose files are not used as they are, because something is wrong")
                .register(registry);
        directory.ifPresent(this::watch);
    }

    void stop(@Observes ShutdownEvent event) {
        if (changes != null) {
            changes.close();
        }
    }

    private void watch(Path there) {
        changes = new DirectoryChanges(there, interval);
        Thread thread = new Thread(() -> follow(there), "recipes-watch");
        thread.setDaemon(true);
        thread.start();
    }

    private void follow(Path there) {
        while (changes.await()) {
            look(there);
        }
    }

    /** What cannot be read now, because a volume is away or being swapped, is read next time; until then all stays as it is. */
    void look(Path there) {
        try {
            catalogue.use(UserRecipes.read(there));
            trouble = null;
        } catch (RuntimeException | StackOverflowError e) {
            if (!String.valueOf(e.getMessage()).equals(trouble)) {
                trouble = String.valueOf(e.getMessage());
                LOG.warnf(e, "The recipes stay as they were, because '%s' cannot be read", there);
            }
        }
    }
}
