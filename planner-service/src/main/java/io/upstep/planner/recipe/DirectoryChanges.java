package io.upstep.planner.recipe;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Waits until something may have changed in a directory or its folders: as soon as the file system tells, and in any case after
 * a while, because file systems on a network do not tell.
 */
final class DirectoryChanges implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(DirectoryChanges.class);
    private static final int DEPTH = 2;
    /** Somebody who copies several files is to be finished. */
    private static final long SETTLED_MILLIS = 150;

    private static final int MOST_EVENTS = 100;

    private final Path root;
    private final Duration interval;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final WatchService watch;

    DirectoryChanges(Path root, Duration interval) {
        this.root = root;
        this.interval = interval;
        this.watch = open(root, interval);
        register();
    }

    /** True when it is time to look; false when there is nothing to wait for any more. */
    boolean await() {
        try {
            if (watch == null) {
                return !closed.await(interval.toMillis(), TimeUnit.MILLISECONDS);
            }
            WatchKey key = watch.poll(interval.toMillis(), TimeUnit.MILLISECONDS);
            for (int events = 0; key != null && events < MOST_EVENTS; events++) {
                key.pollEvents();
                key.reset();
                key = watch.poll(SETTLED_MILLIS, TimeUnit.MILLISECONDS);
            }
            register();
            return true;
        } catch (ClosedWatchServiceException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            if (watch != null) {
                watch.close();
            }
        } catch (IOException e) {
            LOG.debugf(e, "'%s' is no longer watched, although that could not be said", root);
        }
    }

    private static WatchService open(Path root, Duration interval) {
        try {
            return FileSystems.getDefault().newWatchService();
        } catch (IOException e) {
            LOG.infof("Changes in '%s' are noticed every %s only: %s", root, interval, e);
            return null;
        }
    }

    /** Again each time: folders come and go, and one that is registered already stays so. */
    private void register() {
        if (watch == null) {
            return;
        }
        for (Path folder : folders()) {
            try {
                folder.register(
                        watch,
                        StandardWatchEventKinds.ENTRY_CREATE,
                        StandardWatchEventKinds.ENTRY_MODIFY,
                        StandardWatchEventKinds.ENTRY_DELETE);
            } catch (IOException e) {
                // It has gone meanwhile, or there are too many: the next look at the clock sees to it.
                LOG.debugf(e, "'%s' cannot be watched", folder);
            }
        }
    }

    private Set<Path> folders() {
        Set<Path> folders = new HashSet<>(Set.of(root));
        collect(root, DEPTH, folders);
        return folders;
    }

    private static void collect(Path folder, int deeper, Set<Path> into) {
        try (Stream<Path> children = Files.list(folder)) {
            children.filter(Files::isDirectory).forEach(child -> {
                into.add(child);
                if (deeper > 1) {
                    collect(child, deeper - 1, into);
                }
            });
        } catch (IOException e) {
            // As above: what cannot be listed now is looked at again soon.
            LOG.debugf(e, "'%s' cannot be listed", folder);
        }
    }
}
