package io.upstep.verifier.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Hides what looks like a secret in what people wrote, because facts are published and stored. Texts become {@code ***}
 * and numbers 0, so that whoever reads on still finds the types; what is empty, true or false tells nothing and stays.
 */
public final class SecretLooking {
    public static final String HIDDEN = "***";
    private static final int LONGEST = 4096;
    private static final Pattern WORDS = Pattern.compile("[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])");
    private static final Pattern SECRET = Pattern.compile(
            "passw|passphrase|secret|token|credential|apikey|kubeconfig|(^|_)(pass|pwd|keys?|dsn|salt)$");

    /** These name a Secret, or a key of one, which anybody may know. */
    private static final Pattern NAME_OF_ONE = Pattern.compile(
            "existing_secret|encryption_secret$|secret_(names?|refs?|key_ref)$|key_(name|ref)$|pull_secrets?$"
                    + "|(user|password)_key$|topology_key$");

    /** What is harmless even below something secret: {@code secret: {name: login, mountPath: /etc/login}}. */
    private static final Set<String> NAMES = Set.of("name", "existing_secret", "secret_name", "mount_path");

    /** Among these, a key is one of a label. */
    private static final Set<String> OF_LABELS = Set.of("operator", "effect", "values");

    private static final Pattern TELLING = Pattern.compile("://[^/\\s@]*:[^/\\s@]+@|-----BEGIN |\\bAKIA[0-9A-Z]{12}"
            + "|(?i:passw(or)?d|secret|token|pwd|api_?key)[\"']?\\s*[=:]\\s*\\S");

    private SecretLooking() {}

    /** A copy that is fit to be told. */
    public static JsonNode hidden(JsonNode value) {
        return copy(value, false);
    }

    /** What may be told of a value that is found under this name. */
    public static JsonNode hidden(String name, JsonNode value) {
        return copy(value, isSecret(words(name)));
    }

    private static JsonNode copy(JsonNode value, boolean secret) {
        if (value instanceof ObjectNode object) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            object.fields()
                    .forEachRemaining(field -> copy.set(
                            field.getKey(), copy(field.getValue(), isSecret(words(field.getKey()), object, secret))));
            return copy;
        }
        if (value instanceof ArrayNode list) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            list.forEach(element -> copy.add(copy(element, secret)));
            return copy;
        }
        return value.isTextual() ? text(value, secret) : secret && value.isNumber() ? IntNode.valueOf(0) : value;
    }

    private static boolean isSecret(String words, ObjectNode among, boolean belowSecret) {
        // An environment variable says in its name, not in its key, what it is.
        if (words.equals("value") && among.has("name")) {
            return true;
        }
        if (words.equals("key") && OF_LABELS.stream().anyMatch(among::has)) {
            return false;
        }
        return belowSecret ? !NAMES.contains(words) : isSecret(words);
    }

    private static boolean isSecret(String words) {
        return SECRET.matcher(words).find() && !NAME_OF_ONE.matcher(words).find();
    }

    private static JsonNode text(JsonNode value, boolean secret) {
        String text = value.asText();
        if (text.isEmpty()) {
            return value;
        }
        if (text.length() > LONGEST) {
            return TextNode.valueOf("(a text of " + text.length() + " characters)");
        }
        return secret || TELLING.matcher(text).find() ? TextNode.valueOf(HIDDEN) : value;
    }

    /** {@code postgresqlPassword} and {@code POSTGRESQL-PASSWORD} are the same words. */
    private static String words(String key) {
        return WORDS.matcher(key).replaceAll("_").toLowerCase(Locale.ROOT);
    }
}
