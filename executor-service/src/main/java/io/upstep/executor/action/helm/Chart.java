package io.upstep.executor.action.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.upstep.executor.action.ActionException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A chart: its files by their paths in it, and what it is.
 *
 * @param digest of the archive it came as
 * @param notes what was changed in it to make it work, for people
 * @param modernize whether its rendered objects are lifted to the API versions of today
 */
record Chart(Map<String, byte[]> files, String digest, List<String> notes, boolean modernize) {
    static final String DESCRIPTION = "Chart.yaml";
    private static final YAMLMapper YAML = new YAMLMapper();
    // It becomes the name of a directory.
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._-]*");

    Chart {
        files = new TreeMap<>(files);
        notes = List.copyOf(notes);
    }

    /** @throws ActionException {@code chart-invalid} if it does not say what it is */
    JsonNode description() {
        try {
            JsonNode description = YAML.readTree(files.getOrDefault(DESCRIPTION, new byte[0]));
            if (description != null
                    && NAME.matcher(description.path("name").asText()).matches()
                    && !description.path("version").asText().isBlank()) {
                return description;
            }
        } catch (IOException e) {
            // Told below.
        }
        throw ActionException.permanent(
                "chart-invalid", "expected a chart with name and version in its Chart.yaml, came one without");
    }

    String name() {
        return description().path("name").asText();
    }

    String version() {
        return description().path("version").asText();
    }

    Chart modernized() {
        return new Chart(files, digest, notes, true);
    }
}
