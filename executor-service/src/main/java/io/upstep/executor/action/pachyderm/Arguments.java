package io.upstep.executor.action.pachyderm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.upstep.executor.action.ActionException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words after {@code pachctl deploy}. Whatever is written {@code ${key}} in them is the value of another key of the same Secret:
 * pachctl gets a word of no meaning for it, because everybody on the machine can read a process's arguments, and what it has rendered
 * gets the value instead.
 */
final class Arguments {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([-._a-zA-Z0-9]+)}");
    private static final Pattern WORD = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|'([^']*)'|([^\\s\"']+)");
    private static final int LONGEST = 64 * 1024;

    private final List<String> words;
    /** What stands for a value, and the value. */
    private final Map<String, String> values;

    private Arguments(List<String> words, Map<String, String> values) {
        this.words = words;
        this.values = values;
    }

    /** @param data the Secret's data, decoded */
    static Arguments read(String text, Map<String, String> data, String secret) {
        if (text.length() > LONGEST) {
            throw invalid(secret, "at most " + LONGEST + " characters");
        }
        Map<String, String> values = new LinkedHashMap<>();
        Map<String, String> byKey = new LinkedHashMap<>();
        Matcher reference = REFERENCE.matcher(text);
        String masked = reference.replaceAll(found -> {
            String key = found.group(1);
            if (!data.containsKey(key)) {
                throw invalid(secret, "a key '" + key + "', to which they refer");
            }
            // Letters and digits, and as many as make it base64, which is asked of an account's key.
            String word = byKey.computeIfAbsent(
                    key, k -> "upstep" + UUID.randomUUID().toString().replace("-", "") + "in");
            values.put(word, data.get(key));
            return word;
        });
        List<String> words = words(masked, secret);
        if (words.isEmpty() || words.get(0).startsWith("-")) {
            throw invalid(secret, "words as after 'pachctl deploy', the first of which says where: amazon, google, …");
        }
        return new Arguments(words, values);
    }

    private static List<String> words(String text, String secret) {
        List<String> words = new ArrayList<>();
        StringBuilder word = null;
        Matcher matcher = WORD.matcher(text);
        int end = 0;
        while (matcher.find()) {
            String between = text.substring(end, matcher.start());
            if (!between.isBlank()) {
                throw invalid(secret, "words and quotes that are closed");
            }
            if (word != null && !between.isEmpty()) {
                words.add(word.toString());
                word = null;
            }
            word = (word == null ? new StringBuilder() : word).append(piece(matcher));
            end = matcher.end();
        }
        if (word != null) {
            words.add(word.toString());
        }
        if (!text.substring(end).isBlank()) {
            throw invalid(secret, "words and quotes that are closed");
        }
        if (words.size() > 1 && words.get(0).equals("pachctl")) {
            words.remove(0);
        }
        if (words.size() > 1 && words.get(0).equals("deploy")) {
            words.remove(0);
        }
        return words;
    }

    private static String piece(Matcher matcher) {
        if (matcher.group(1) != null) {
            return matcher.group(1).replaceAll("\\\\(.)", "$1");
        }
        return matcher.group(2) != null ? matcher.group(2) : matcher.group(3);
    }

    /** Without the values: they may be seen. */
    List<String> words() {
        return words;
    }

    /** Puts the values where pachctl has put what stands for them, in a Secret's data, too. */
    void fill(ObjectNode manifest) {
        boolean secret = manifest.path("kind").asText().equals("Secret");
        manifest.properties().forEach(entry -> {
            boolean encoded = secret && entry.getKey().equals("data");
            entry.setValue(filled(entry.getValue(), encoded));
        });
    }

    private JsonNode filled(JsonNode node, boolean encoded) {
        if (node instanceof TextNode text) {
            return TextNode.valueOf(encoded ? inBase64(text.asText()) : replaced(text.asText()));
        }
        if (node instanceof ObjectNode object) {
            object.properties().forEach(entry -> entry.setValue(filled(entry.getValue(), encoded)));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, filled(array.get(i), encoded));
            }
        }
        return node;
    }

    private String inBase64(String text) {
        String plain = new String(Base64.getDecoder().decode(text), StandardCharsets.ISO_8859_1);
        String filled = replaced(plain);
        return filled.equals(plain)
                ? text
                : Base64.getEncoder().encodeToString(filled.getBytes(StandardCharsets.ISO_8859_1));
    }

    private String replaced(String text) {
        String filled = text;
        for (Map.Entry<String, String> entry : values.entrySet()) {
            filled = filled.replace(entry.getKey(), entry.getValue());
        }
        return filled;
    }

    private static ActionException invalid(String secret, String expected) {
        return ActionException.permanent(
                "arguments-invalid", "expected the deploy arguments in Secret " + secret + " to have " + expected);
    }
}
