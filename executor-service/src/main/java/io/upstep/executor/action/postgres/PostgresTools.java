package io.upstep.executor.action.postgres;

import io.upstep.executor.ExecutorConfig;
import io.upstep.executor.action.ActionException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/** Finds PostgreSQL's own client tools, of the major version that is right for a server or a file. */
@ApplicationScoped
public class PostgresTools {
    private static final Logger LOG = Logger.getLogger(PostgresTools.class);
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+)");

    private final Optional<List<String>> configured;
    private final Map<Path, Integer> majors = new ConcurrentHashMap<>();

    /** A tool that is installed. */
    record Tool(Path path, int major) {}

    @Inject
    public PostgresTools(ExecutorConfig config) {
        this(config.postgresTools());
    }

    PostgresTools(Optional<List<String>> configured) {
        this.configured = configured;
    }

    /** One that is too old refuses; the next newer changes the least. */
    Tool atLeast(String name, int major) {
        List<Tool> found = directories().stream()
                .map(directory -> directory.resolve(name))
                .filter(Files::isExecutable)
                .map(path -> new Tool(path, majors.computeIfAbsent(path, PostgresTools::major)))
                .toList();
        return found.stream()
                .filter(tool -> tool.major() >= major)
                .min(Comparator.comparingInt(Tool::major))
                .orElseThrow(() -> missing(name, major, found));
    }

    private ActionException missing(String name, int major, List<Tool> found) {
        String came = found.isEmpty()
                ? "none"
                : "only those of version " + found.stream().map(Tool::major).toList();
        return ActionException.permanent(
                "postgres-tools-missing",
                "expected " + name + " of PostgreSQL " + major + " or later on the executor, found " + came + " in "
                        + directories() + "; install it (on Debian: apt-get install postgresql-client-" + major
                        + " or later), or name its directory in upstep.executor.postgres-tools");
    }

    private List<Path> directories() {
        if (configured.isPresent()) {
            return configured.get().stream().map(Path::of).toList();
        }
        List<Path> found = new ArrayList<>(installed());
        for (String directory :
                Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator)) {
            found.add(Path.of(directory));
        }
        return found;
    }

    /** First, because what Debian has on the PATH is a script that chooses by rules of its own. */
    private static List<Path> installed() {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(DEBIAN)) {
            try (DirectoryStream<Path> versions = Files.newDirectoryStream(DEBIAN)) {
                versions.forEach(version -> found.add(version.resolve("bin")));
            } catch (IOException e) {
                LOG.warnf("Cannot look for PostgreSQL's tools in %s: %s", DEBIAN, e.getMessage());
            }
        }
        return found;
    }

    /** 0 for what does not say, which is never new enough. */
    private static int major(Path tool) {
        try {
            Process process = new ProcessBuilder(tool.toString(), "--version")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            Matcher version =
                    VERSION.matcher(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            return version.find() ? Integer.parseInt(version.group(1)) : 0;
        } catch (IOException e) {
            LOG.warnf("Cannot ask %s for its version: %s", tool, e.getMessage());
            return 0;
        }
    }
}
