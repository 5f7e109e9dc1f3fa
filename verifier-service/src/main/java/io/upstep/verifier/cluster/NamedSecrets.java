package io.upstep.verifier.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * The one door through which values of Secrets are read: one key of a Secret that a check names as its login, and Helm's own
 * records. Nothing else about a Secret passes here, and {@link SecretRedaction} hides the values on every other way.
 */
final class NamedSecrets {
    private static final String HELM = "helm.sh/release.v1";

    private NamedSecrets() {}

    static String value(Optional<JsonNode> secret, String namespace, String name, String key) {
        JsonNode data = secret.map(json -> json.path("data"))
                .orElseThrow(() -> new MissingSecretException(
                        "expected Secret " + name + " in namespace " + namespace + ", and there is none"));
        if (!data.path(key).isTextual()) {
            List<String> keys = new ArrayList<>();
            data.fieldNames().forEachRemaining(keys::add);
            throw new MissingSecretException(
                    "expected the key '" + key + "' in Secret " + name + ", came only " + keys);
        }
        return new String(decoded(data.path(key), "Secret " + name), StandardCharsets.UTF_8);
    }

    /** Whatever else carries the labels is not read. */
    static List<HelmRecord> records(JsonNode secrets, String release) {
        return StreamSupport.stream(secrets.path("items").spliterator(), false)
                .filter(secret -> secret.path("type").asText().equals(HELM))
                .filter(secret -> label(secret, "name").equals(release)
                        && label(secret, "owner").equals("helm"))
                .filter(secret -> secret.at("/data/release").isTextual())
                .map(NamedSecrets::helmRecord)
                .toList();
    }

    private static HelmRecord helmRecord(JsonNode secret) {
        String name = secret.at("/metadata/name").asText();
        return new HelmRecord(name, revision(secret, name), decoded(secret.at("/data/release"), "Secret " + name));
    }

    private static int revision(JsonNode secret, String name) {
        try {
            return Integer.parseInt(label(secret, "version"));
        } catch (NumberFormatException e) {
            throw new NoAnswerException(
                    "expected Secret " + name + " of Helm to carry its revision in the label version, came '"
                            + label(secret, "version") + "'",
                    e);
        }
    }

    private static String label(JsonNode secret, String key) {
        return secret.at("/metadata/labels").path(key).asText();
    }

    private static byte[] decoded(JsonNode value, String where) {
        try {
            return Base64.getDecoder().decode(value.asText());
        } catch (IllegalArgumentException e) {
            // The decoder's own words may quote a part of the value.
            throw new NoAnswerException("expected base64 in " + where + ", came something else");
        }
    }
}
