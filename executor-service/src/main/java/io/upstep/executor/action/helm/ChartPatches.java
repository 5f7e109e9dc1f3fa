package io.upstep.executor.action.helm;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Mends what is known to be wrong in published charts that the template engine of today refuses. */
final class ChartPatches {
    private static final String BROKER_FILE = "templates/cm.yaml";
    // Polyaxon 0.5.0 to 0.6.1: "can't give argument to non-function".
    private static final Pattern BROKER =
            Pattern.compile("if\\s*\\(\\s*\\.Values\\.broker\\s*\\)\\s+and\\s+eq\\s+\\.Values\\.broker\\s+\"redis\"");

    private ChartPatches() {}

    static Chart applied(Chart chart) {
        byte[] file = chart.files().get(BROKER_FILE);
        String text = file == null ? "" : new String(file, StandardCharsets.UTF_8);
        if (!BROKER.matcher(text).find()) {
            return chart;
        }
        Map<String, byte[]> files = new TreeMap<>(chart.files());
        String mended = BROKER.matcher(text).replaceAll("if and (.Values.broker) (eq .Values.broker \"redis\")");
        files.put(BROKER_FILE, mended.getBytes(StandardCharsets.UTF_8));
        return new Chart(
                files,
                chart.digest(),
                List.of("mended the condition on .Values.broker in " + BROKER_FILE
                        + ", which the template engine of today refuses"),
                chart.modernize());
    }
}
