package io.upstep.executor.action.helm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.kubernetes.FencedObjects;
import io.upstep.executor.action.kubernetes.Kinds;
import io.upstep.executor.action.kubernetes.PlainSecrets;
import io.upstep.executor.action.kubernetes.SavedObjects;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A chart's values: read from where they are, merged as Helm merges, and never shown. */
public final class Values {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final ObjectMapper SORTED =
            new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
    private static final Pattern TELLING =
            Pattern.compile("(?i).*(passw|secret|token|credential|private|key|dsn|url|uri).*");
    private static final int SHORTEST = 4;

    private Values() {}

    /** @throws ActionException {@code values-not-found} */
    static ObjectNode merged(List<ValuesRef> refs, StepContext context, FencedObjects objects, Releases releases) {
        ObjectNode merged = JsonNodeFactory.instance.objectNode();
        for (ValuesRef ref : refs) {
            merge(merged, read(ref, context, objects, releases));
            if (ref.set() != null) {
                PlainSecrets.refuseValues(ref.set());
                merge(merged, ref.set());
            }
        }
        return merged;
    }

    private static ObjectNode read(ValuesRef ref, StepContext context, FencedObjects objects, Releases releases) {
        if (ref.inline() != null) {
            PlainSecrets.refuseValues(ref.inline());
            return ref.inline();
        }
        if (ref.secret() == null) {
            return releases.live().orElseThrow(releases::notFound).values();
        }
        return parsed(text(ref, context, objects), ref.secret());
    }

    /** The text in a Secret, as somebody or an earlier step of the plan has put it there. */
    public static String text(ValuesRef ref, StepContext context, FencedObjects objects) {
        Optional<ObjectNode> secret = objects.get(Kinds.SECRET, SavedObjects.name(ref.secret(), context))
                .or(() -> objects.get(Kinds.SECRET, ref.secret()));
        String data = secret.map(found -> found.path("data").path(ref.key()).asText(null))
                .orElseThrow(() -> ActionException.permanent(
                        "values-not-found",
                        "expected Secret " + ref.secret() + " (or " + SavedObjects.name(ref.secret(), context)
                                + ", as a step of this plan writes it) with the key " + ref.key()
                                + ", and there is none"));
        return new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8);
    }

    private static ObjectNode parsed(String text, String secret) {
        try {
            JsonNode values = YAML.readTree(text);
            if (values instanceof ObjectNode map) {
                return map;
            }
            if (values == null || values.isMissingNode() || values.isNull()) {
                return JsonNodeFactory.instance.objectNode();
            }
        } catch (IOException e) {
            // Told below: the parser's words may quote a secret.
        }
        throw ActionException.permanent("values-unreadable", "expected a YAML map of values in Secret " + secret);
    }

    /** Maps are merged, everything else replaces; null takes a key away, as in Helm. */
    static void merge(ObjectNode into, ObjectNode from) {
        for (Map.Entry<String, JsonNode> entry : from.properties()) {
            JsonNode there = into.get(entry.getKey());
            if (there instanceof ObjectNode below && entry.getValue() instanceof ObjectNode above) {
                merge(below, above);
            } else {
                into.set(entry.getKey(), entry.getValue().deepCopy());
            }
        }
    }

    /** Tells whether two sets of values are the same, without telling what they are. */
    static String digest(ObjectNode values) {
        try {
            byte[] bytes = SORTED.writeValueAsBytes(SORTED.treeToValue(values, Object.class));
            return sha256(bytes);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static String sha256(byte[] bytes) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Takes the secrets among the values out of whatever text quotes them. */
    static String hidden(String text, ObjectNode values) {
        List<String> secrets = new ArrayList<>();
        collect(values, false, secrets);
        // The longest first: a shorter one may be its beginning, and would leave the rest.
        secrets.sort(Comparator.comparingInt(String::length).reversed());
        String hidden = text;
        for (String secret : secrets) {
            hidden = hidden.replace(secret, "***");
        }
        return hidden;
    }

    private static void collect(JsonNode node, boolean telling, List<String> secrets) {
        if (node.isValueNode() && telling && node.asText().length() >= SHORTEST && !node.isBoolean()) {
            secrets.add(node.asText());
        }
        // An environment variable's name tells what its value is.
        boolean named = TELLING.matcher(node.path("name").asText()).matches();
        node.properties()
                .forEach(entry -> collect(
                        entry.getValue(),
                        telling
                                || TELLING.matcher(entry.getKey()).matches()
                                || named && entry.getKey().equals("value"),
                        secrets));
        if (node.isArray()) {
            node.forEach(element -> collect(element, telling, secrets));
        }
    }
}
