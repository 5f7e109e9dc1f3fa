package io.upstep.simulator.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Assumptions;

/** Elasticsearch as Maven brings it, unpacked once per build directory. */
final class ElasticsearchBinaries {
    private static final Path PLACE = Path.of("target", "elasticsearch").toAbsolutePath();
    /** The others take seconds to load, and nothing here asks for what they do. */
    private static final List<String> NEEDED = List.of("lib/", "modules/transport-netty4/", "modules/reindex/");

    private static final int LAST_JAVA = 23;

    private final String version;

    ElasticsearchBinaries(String version) {
        this.version = version;
    }

    /** Where it is unpacked. Skips the test, or fails it where servers are required, if Maven has not brought it. */
    Path home() {
        Assumptions.assumeTrue(
                Runtime.version().feature() <= LAST_JAVA,
                "Elasticsearch " + version + " asks for a security manager, which Java has no more");
        Path archive = PLACE.resolve("elasticsearch-" + version + ".zip");
        if (!Files.isRegularFile(archive)) {
            missing(archive + " is missing; Maven puts it there in the phase generate-test-resources");
        }
        Path home = PLACE.resolve(version);
        if (!Files.isDirectory(home)) {
            unpack(archive, home);
        }
        return home;
    }

    private static void missing(String what) {
        if ("true".equals(System.getenv("UPSTEP_REQUIRE_SERVERS"))) {
            throw new IllegalStateException(what);
        }
        Assumptions.abort(what);
    }

    /** Several processes may be at it: whoever is first keeps the place. */
    private void unpack(Path archive, Path home) {
        try {
            Path draft = Files.createTempDirectory(PLACE, "unpacking");
            extract(archive, draft);
            Files.createDirectories(draft.resolve("plugins"));
            if (!Files.isDirectory(draft.resolve("modules/reindex"))) {
                addReindex(draft.resolve("modules/reindex"));
            }
            if (!draft.toFile().renameTo(home.toFile())) {
                Directories.delete(draft);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack " + archive, e);
        }
    }

    private static void extract(Path archive, Path into) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                String name = entry.getName().substring(entry.getName().indexOf('/') + 1);
                if (!entry.isDirectory() && NEEDED.stream().anyMatch(name::startsWith)) {
                    write(zip, into.resolve(name));
                }
            }
        }
    }

    private static void write(InputStream content, Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private void addReindex(Path module) throws IOException {
        Files.createDirectories(module);
        try (Stream<Path> files = Files.list(PLACE)) {
            for (Path jar :
                    files.filter(file -> file.toString().endsWith(".jar")).toList()) {
                Files.copy(jar, module.resolve(jar.getFileName()));
            }
        }
        Files.writeString(module.resolve("plugin-descriptor.properties"), """
                description=copies documents between indices and nodes
                version=%s
                name=reindex
                classname=org.elasticsearch.index.reindex.ReindexPlugin
                java.version=1.8
                elasticsearch.version=%s
                extended.plugins=
                has.native.controller=false
                """.formatted(version, version));
        Files.writeString(module.resolve("plugin-security.policy"), """
                grant {
                  permission java.net.NetPermission "getProxySelector";
                  permission java.net.SocketPermission "*", "connect";
                };
                """);
    }
}
