package io.upstep.executor.action.helm;

import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import java.io.BufferedReader;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Runs {@link HelmChild} and sees that it ends: with its work, with the attempt, with its time, or with the executor. */
final class HelmProcess {
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final int LONGEST_LINE = 400;
    private static final int MOST_LINES = 50;

    private final HelmLibrary library;
    private final StepContext context;
    private final Function<String, String> hiding;

    /** @param hiding takes secrets out of what Helm says */
    HelmProcess(HelmLibrary library, StepContext context, Function<String, String> hiding) {
        this.library = library;
        this.context = context;
        this.hiding = hiding;
    }

    /**
     * @param door refuses writes once the attempt has lost the installation: then the process is ended at once
     * @throws ActionException when Helm fails or takes too long
     */
    Map<String, String> run(Map<String, String> request, WorkPlace work, Door door, Duration timeout) {
        Process process = start(work.directory());
        try {
            Map<String, String> result = new ConcurrentHashMap<>();
            Thread out = reader(process.getInputStream(), line -> take(line, result));
            List<String> said = new ArrayList<>();
            Thread err = reader(process.getErrorStream(), line -> say(line, said));
            send(process, request);
            await(process, door, context.clock().instant().plus(timeout), timeout);
            out.join();
            err.join();
            said.forEach(context::log);
            door.throwIfRefused();
            return checked(result);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            context.pause(Duration.ZERO);
            throw ActionException.passing("interrupted", "interrupted while Helm was at work");
        } finally {
            end(process);
        }
    }

    Process start(Path work) {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Djna.tmpdir=" + work,
                "-Djava.io.tmpdir=" + work,
                "-cp",
                library.classPath(),
                HelmChild.class.getName());
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("HOME", work.toString());
        environment.put("KUBECONFIG", work.resolve("kubeconfig").toString());
        environment.put("HELM_CACHE_HOME", work.resolve("cache").toString());
        environment.put("HELM_CONFIG_HOME", work.resolve("config").toString());
        environment.put("HELM_DATA_HOME", work.resolve("data").toString());
        try {
            return builder.directory(work.toFile()).start();
        } catch (IOException e) {
            throw ActionException.passing("helm-unavailable", "cannot start a process for Helm: " + e.getMessage());
        }
    }

    void send(Process process, Map<String, String> request) {
        try {
            // Left open: its end is the child's end.
            DataOutputStream out = new DataOutputStream(process.getOutputStream());
            out.writeInt(request.size());
            for (Map.Entry<String, String> entry : request.entrySet()) {
                out.writeUTF(entry.getKey());
                out.writeUTF(entry.getValue());
            }
            out.flush();
        } catch (IOException e) {
            throw ActionException.passing("helm-failed", "Helm's process ended before it was told what to do");
        }
    }

    private void await(Process process, Door door, Instant end, Duration timeout) throws InterruptedException {
        while (!process.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
            door.throwIfRefused();
            context.pause(Duration.ZERO);
            if (!context.clock().instant().isBefore(end)) {
                throw ActionException.passing("timeout", "Helm was ended because it took longer than " + timeout);
            }
        }
    }

    private Map<String, String> checked(Map<String, String> result) {
        if (result.containsKey("error")) {
            throw HelmFailure.of(cut(hiding.apply(result.get("error")), 1500));
        }
        if (result.isEmpty()) {
            throw ActionException.passing(
                    "helm-failed", "Helm's process ended without a result; the next attempt goes on where it left off");
        }
        return result;
    }

    private static void take(String line, Map<String, String> result) {
        String[] words = line.split(" ");
        if (words.length == 3 && words[0].equals(HelmChild.RESULT)) {
            result.put(words[1], new String(Base64.getDecoder().decode(words[2]), StandardCharsets.UTF_8));
        }
    }

    private void say(String line, List<String> said) {
        if (!line.isBlank() && said.size() < MOST_LINES) {
            said.add("helm: " + cut(hiding.apply(line), LONGEST_LINE));
        }
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length) + "…";
    }

    private static Thread reader(InputStream in, java.util.function.Consumer<String> lines) {
        Thread thread = new Thread(
                () -> {
                    try (BufferedReader reader =
                            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                        reader.lines().forEach(lines);
                    } catch (IOException | UncheckedIOException e) {
                        // The process is gone: what it had to say is known.
                    }
                },
                "upstep-helm-reader");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Only force helps: Helm takes the polite signal and goes on. */
    private static void end(Process process) {
        process.destroyForcibly();
        boolean interrupted = Thread.interrupted();
        try {
            process.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
