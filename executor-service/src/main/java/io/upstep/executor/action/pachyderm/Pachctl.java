package io.upstep.executor.action.pachyderm;

import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.semver4j.Semver;

/** The pachctl of one version, for nothing but printing what it would deploy. */
final class Pachctl {
    private static final int LARGEST = 8 * 1024 * 1024;
    private static final int SHOWN = 1000;
    private static final int LIKE_A_SECRET = 8;

    private final Path binary;
    private final String version;
    private final StepContext context;

    /** @throws ActionException {@code pachctl-missing} */
    Pachctl(Path directory, String version, StepContext context) {
        if (!version.matches("\\d+\\.\\d+\\.\\d+[-.A-Za-z0-9]*")) {
            throw ActionException.permanent(
                    "invalid-parameters", "expected a version such as 1.7.11, came '" + version + "'");
        }
        this.binary = directory.resolve(version).resolve("pachctl").toAbsolutePath();
        this.version = version;
        this.context = context;
        if (!Files.isExecutable(binary)) {
            throw ActionException.permanent(
                    "pachctl-missing",
                    "expected pachctl " + version + " as " + binary + ", which is not there or cannot be run; put it"
                            + " there, on every executor of the cluster (upstep.executor.pachctl-dir), or give its"
                            + " manifest in a Secret");
        }
    }

    /** @throws ActionException {@code pachctl-version} if the file is another version's than its directory says */
    void requireVersion() {
        String said = run(List.of("version", "--client-only"));
        boolean right = said.lines()
                .map(line -> line.trim().split("\\s+"))
                .anyMatch(cells -> cells.length == 2 && cells[0].equals("pachctl") && cells[1].equals(version));
        if (!right) {
            throw ActionException.permanent(
                    "pachctl-version",
                    "expected " + binary + " to be pachctl " + version + ", it says: " + shown(said));
        }
    }

    /** What it would deploy, as JSON objects one after the other; secrets among them. */
    String manifests(List<String> arguments, String namespace) {
        List<String> command = new ArrayList<>(List.of("deploy"));
        command.addAll(arguments);
        command.add("--dry-run");
        if (isAtLeast("1.7.0")) {
            command.addAll(List.of("--output", "json", "--namespace", namespace));
        }
        if (!isAtLeast("1.9.0")) {
            command.add("--no-metrics");
        }
        return run(command);
    }

    private boolean isAtLeast(String least) {
        Semver mine = Semver.coerce(version);
        return mine != null && mine.isGreaterThanOrEqualTo(least);
    }

    private String run(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(binary.toString()));
        command.addAll(arguments);
        Path home = null;
        try {
            home = Files.createTempDirectory("upstep-pachctl");
            ProcessBuilder builder = new ProcessBuilder(command);
            // No kubeconfig, no address of a pachd: it is only to print.
            builder.environment().clear();
            builder.environment().put("HOME", home.toString());
            builder.environment().put("PATH", "/usr/local/bin:/usr/bin:/bin");
            return output(builder.directory(home.toFile()).start(), arguments);
        } catch (IOException e) {
            throw ActionException.permanent("pachctl-failed", "cannot run " + binary + ": " + e.getMessage());
        } finally {
            delete(home);
        }
    }

    private String output(Process process, List<String> arguments) throws IOException {
        process.getOutputStream().close();
        ExecutorService pipes = Executors.newFixedThreadPool(2);
        try (Watched watched = new Watched(context, process::destroyForcibly)) {
            Future<String> said = pipes.submit(reading(process.getInputStream()));
            Future<String> complained = pipes.submit(reading(process.getErrorStream()));
            int exit = watched.call(process::waitFor, () -> {});
            String errors = watched.call(complained::get, () -> {});
            String output = watched.call(said::get, () -> {});
            if (exit != 0) {
                throw ActionException.permanent(
                        "pachctl-failed",
                        "expected " + binary + " to print what it would deploy, it ended with " + exit + ": "
                                + shown(withoutValues(errors, arguments)));
            }
            return output;
        } finally {
            process.destroyForcibly();
            pipes.shutdownNow();
        }
    }

    private static Callable<String> reading(InputStream stream) {
        return () -> {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.writeBytes(stream.readNBytes(LARGEST));
            stream.skip(Long.MAX_VALUE);
            return bytes.toString(StandardCharsets.UTF_8);
        };
    }

    /** Whoever has written credentials into the arguments themselves is not to find them in the plan when pachctl quotes them. */
    private static String withoutValues(String text, List<String> arguments) {
        return arguments.stream()
                .filter(word -> !word.startsWith("-") || word.contains("="))
                .map(word -> word.startsWith("-") ? word.substring(word.indexOf('=') + 1) : word)
                .flatMap(word -> Stream.concat(Stream.of(word), Stream.of(word.split("[,\\s]+"))))
                .filter(value -> value.length() >= LIKE_A_SECRET)
                .sorted(Comparator.comparingInt(String::length).reversed())
                .reduce(text, (left, value) -> left.replace(value, "***"));
    }

    private static String shown(String text) {
        String stripped = text.strip();
        return stripped.length() <= SHOWN ? stripped : stripped.substring(0, SHOWN) + "…";
    }

    private static void delete(Path directory) {
        if (directory == null) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            org.jboss.logging.Logger.getLogger(Pachctl.class).debugf("Left behind %s: %s", directory, e.getMessage());
        }
    }
}
