package io.upstep.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Writes small charts of our own that look like Polyaxon's or Feast's from the outside, in any of their versions. */
public final class Charts {
    private static final String ROOT = "charts/";
    private static final List<String> PARTS =
            List.of("parts", "database", "stores", "modern", "crd", "agent", "platform", "feast");
    private static final Map<String, List<String>> GENERATIONS = Map.of(
            "polyaxon-0", List.of("core", "settings", "hooks", "stores"),
            "polyaxon-1", List.of("all"),
            "polyaxon-2", List.of("all"),
            "agent", List.of("all"),
            "feast", List.of("all"));

    private Charts() {}

    /**
     * Writes the chart of this name and version into a directory {@code <name>-<version>} below another one.
     *
     * @return the directory that was written, as Helm takes it
     */
    public static Path directory(String name, String version, Path into) {
        String generation = generation(name, version);
        Path chart = into.resolve(name + "-" + version);
        write(chart, "Chart.yaml", text(generation + "/Chart.yaml", version));
        write(chart, "values.yaml", text(generation + "/values.yaml", version));
        PARTS.forEach(p -> write(chart, "templates/_" + p + ".tpl", text("parts/_" + p + ".tpl", version)));
        GENERATIONS
                .get(generation)
                .forEach(t -> write(
                        chart, "templates/" + t + ".yaml", text(generation + "/templates/" + t + ".yaml", version)));
        return chart;
    }

    private static String generation(String name, String version) {
        String generation = List.of("agent", "feast").contains(name) ? name : name + "-" + version.split("\\.")[0];
        if (!GENERATIONS.containsKey(generation)) {
            throw new IllegalArgumentException(
                    "expected polyaxon 0, 1 or 2, agent 1 or 2, or feast 0, came " + name + " " + version);
        }
        return generation;
    }

    private static String text(String file, String version) {
        try (InputStream in =
                Objects.requireNonNull(Charts.class.getResourceAsStream(ROOT + file), () -> ROOT + file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("\"@port@\"", port(version))
                    .replace("@version@", version);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Containers listen on a port that needs no rights from 1.13 on. */
    private static String port(String version) {
        return version.matches("1\\.([0-9]|1[0-2])\\..*") ? "80" : "8000";
    }

    private static void write(Path chart, String file, String text) {
        try {
            Path target = chart.resolve(file);
            Files.createDirectories(target.getParent());
            Files.writeString(target, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
