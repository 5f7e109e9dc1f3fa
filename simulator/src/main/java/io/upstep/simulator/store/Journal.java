package io.upstep.simulator.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Keeps all objects in a file across restarts, also after a kill: each change is a line, written before the change is
 * answered. The file is written anew, without history, when it is opened and when it has grown.
 */
public final class Journal implements AutoCloseable {
    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final long LARGE = 16L * 1024 * 1024;

    private final Path file;
    private final ObjectStore store;
    private final Consumer<Change> listener = this::append;
    private OutputStream out;
    private long written;

    private Journal(Path file, ObjectStore store) {
        this.file = file;
        this.store = store;
    }

    /** Fills the store from the file, if it is there, and writes every later change to it. */
    public static Journal open(Path file, ObjectStore store, ResourceTypes types) {
        Journal journal = new Journal(file, store);
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            if (Files.exists(file)) {
                journal.read(types);
            }
            journal.rewrite();
        } catch (IOException e) {
            throw new UncheckedIOException("The simulated cluster cannot keep its objects in " + file, e);
        }
        store.listen(journal.listener);
        return journal;
    }

    @Override
    public void close() {
        store.atomically(() -> {
            store.unlisten(listener);
            try {
                out.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return null;
        });
    }

    private void read(ResourceTypes types) throws IOException {
        NavigableMap<Key, ObjectNode> objects = new TreeMap<>();
        long version = 1;
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        for (String line : lines) {
            ObjectNode entry = parse(line);
            if (entry == null) {
                // A kill may have torn the last line; its change was not answered.
                break;
            }
            version = Math.max(version, entry.path("version").asLong());
            Key key = key(entry);
            if (entry.get("object") instanceof ObjectNode object) {
                objects.put(key, object);
                types.follow(new Change(Change.Type.ADDED, key, object, null, version));
            } else {
                objects.remove(key);
            }
        }
        store.restore(objects, version);
    }

    private void append(Change change) {
        try {
            boolean deleted = change.type() == Change.Type.DELETED;
            write(change.key(), deleted ? null : change.object(), change.version());
            if (written > LARGE) {
                rewrite();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The simulated cluster cannot keep its objects in " + file, e);
        }
    }

    private void rewrite() throws IOException {
        if (out != null) {
            out.close();
        }
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        out = Files.newOutputStream(fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
        for (var entry : store.copy().entrySet()) {
            write(entry.getKey(), entry.getValue(), store.version());
        }
        // The stream stays with the file when it takes the old one's place.
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        written = 0;
    }

    private void write(Key key, ObjectNode object, long version) throws IOException {
        ObjectNode entry = JSON.createObjectNode().put("version", version);
        entry.put("resource", key.resource()).put("namespace", key.namespace()).put("name", key.name());
        if (object != null) {
            entry.set("object", object);
        }
        byte[] line = (entry + "\n").getBytes(StandardCharsets.UTF_8);
        out.write(line);
        written += line.length;
    }

    private static ObjectNode parse(String line) {
        try {
            return (ObjectNode) JSON.readTree(line);
        } catch (IOException e) {
            return null;
        }
    }

    private static Key key(ObjectNode entry) {
        return new Key(
                entry.path("resource").asText(),
                entry.path("namespace").asText(),
                entry.path("name").asText());
    }
}
