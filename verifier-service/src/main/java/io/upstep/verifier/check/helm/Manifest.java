package io.upstep.verifier.check.helm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.upstep.verifier.cluster.NoAnswerException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;

/** Reads the objects of a rendered manifest. */
final class Manifest {
    private static final int LIMIT = 64 * 1024 * 1024;
    private static final Pattern BETWEEN = Pattern.compile("(?m)^---(\\s.*)?$");
    private static final ObjectMapper YAML =
            new ObjectMapper(YAMLFactory.builder().loaderOptions(options()).build());

    private Manifest() {}

    static List<JsonNode> objects(String manifest) {
        List<JsonNode> objects = new ArrayList<>();
        for (String document : BETWEEN.split(manifest)) {
            add(read(document), objects);
        }
        return objects;
    }

    private static void add(JsonNode object, List<JsonNode> objects) {
        if (object.path("kind").asText().endsWith("List")
                && object.path("items").isArray()) {
            object.path("items").forEach(item -> add(item, objects));
        } else if (object.isObject()) {
            objects.add(object);
        }
    }

    private static JsonNode read(String document) {
        try {
            return YAML.readTree(document);
        } catch (JsonProcessingException e) {
            // Its words quote the manifest, which may hold Secrets.
            throw new NoAnswerException("the release's stored manifest holds something that is no YAML, at line "
                    + (e.getLocation() == null ? "?" : e.getLocation().getLineNr()) + " of an object");
        }
    }

    private static LoaderOptions options() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(LIMIT);
        return options;
    }
}
