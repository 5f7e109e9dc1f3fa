package io.upstep.simulator.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.h2.mvstore.MVStore;

/** A data directory, held by one server at a time: its documents, and the compatibility version they are in. */
final class MongodDirectory {
    private static final int CANNOT_BE_READ = 62;
    private static final int IN_USE = 100;

    private final Path directory;
    private final FileChannel lock;
    private final MVStore store;

    private MongodDirectory(Path directory, FileChannel lock, MVStore store) {
        this.directory = directory;
        this.lock = lock;
        this.store = store;
    }

    /** @throws FakeMongod.ExitException if it is in use, or in a compatibility version that the release cannot live with */
    static MongodDirectory open(Path directory, MongodRelease release) {
        try {
            Files.createDirectories(directory);
            FileChannel lock = locked(directory);
            try {
                agree(directory.resolve("featureCompatibilityVersion"), release);
                MVStore store = new MVStore.Builder()
                        .fileName(directory.resolve("collections").toString())
                        .open();
                return new MongodDirectory(directory, lock, store);
            } catch (RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileChannel locked(Path directory) throws IOException {
        FileChannel file =
                FileChannel.open(directory.resolve("mongod.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (file.tryLock() != null) {
                return file;
            }
        } catch (OverlappingFileLockException e) {
            // Another one in this very process.
        }
        file.close();
        throw new FakeMongod.ExitException(
                IN_USE, "another mongod instance is already running on the " + directory + " directory");
    }

    private static void agree(Path file, MongodRelease release) throws IOException {
        String is = Files.exists(file) ? Files.readString(file) : release.series();
        if (!release.accepted().contains(is)) {
            throw new FakeMongod.ExitException(
                    CANNOT_BE_READ,
                    "UPGRADE PROBLEM: the data files are in featureCompatibilityVersion " + is + ", mongod "
                            + release.version() + " reads only " + release.accepted());
        }
        Files.writeString(file, is);
    }

    MVStore store() {
        return store;
    }

    String compatibility() {
        try {
            return Files.readString(directory.resolve("featureCompatibilityVersion"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void setCompatibility(String version) {
        try {
            Files.writeString(directory.resolve("featureCompatibilityVersion"), version);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void close() {
        try {
            store.close();
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
