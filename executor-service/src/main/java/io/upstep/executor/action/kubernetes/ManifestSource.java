package io.upstep.executor.action.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * Where manifests are that hold secrets and so may not stand in a plan.
 *
 * @param secret without a key: how the Secrets begin in which a step of this plan has put what it rendered; else a Secret's name
 * @param key the key of that Secret under which somebody has put manifests, as YAML or JSON
 */
public record ManifestSource(String secret, String key) {
    /** The type of the Secrets that hold rendered manifests. */
    public static final String RENDERED = "upstep.io/rendered-objects";

    public ManifestSource {
        if (secret == null || secret.isBlank()) {
            throw new IllegalArgumentException("expected 'from.secret', which is missing");
        }
    }

    public List<ObjectNode> read(StepContext context, FencedObjects objects) {
        return key == null
                ? new SavedManifests(RENDERED, "the step that renders manifests", secret, context, objects).read()
                : ManifestText.read(text(objects), "key " + key + " of Secret " + secret);
    }

    private String text(FencedObjects objects) {
        JsonNode value = objects.get(Kinds.SECRET, secret)
                .map(found -> found.path("data").path(key))
                .filter(JsonNode::isTextual)
                .orElseThrow(() -> ActionException.permanent(
                        "secret-not-found",
                        "expected Secret " + secret + " with a key " + key + ", which is not there"));
        return new String(Base64.getDecoder().decode(value.asText()), StandardCharsets.UTF_8);
    }
}
