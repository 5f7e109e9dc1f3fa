package io.upstep.executor.action.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.upstep.executor.action.ActionException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Refuses secrets that stand in a plan in plain text: many may read plans, events and the journal. */
public final class PlainSecrets {
    private static final String CODE = "secret-in-plan";
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])");
    private static final Set<String> TELLING = Set.of(
            "PASSWORD",
            "PASSWD",
            "PGPASSWORD",
            "PASSPHRASE",
            "PASS",
            "PWD",
            "SECRET",
            "SECRETS",
            "TOKEN",
            "KEY",
            "APIKEY",
            "CREDENTIAL",
            "CREDENTIALS",
            "DSN");
    // In a chart's values other names with such words tell where a secret is: existingSecret, secretName, passwordKey.
    private static final Set<String> IN_VALUES =
            Set.of("PASSWORD", "PASSWD", "PASSPHRASE", "TOKEN", "APIKEY", "CREDENTIAL", "CREDENTIALS");
    // Where a secret is, is no secret.
    private static final Set<String> WHEREABOUTS = Set.of("FILE", "PATH", "DIR", "NAME");

    private PlainSecrets() {}

    /** @throws ActionException {@code secret-in-plan} if the manifest is a Secret's and holds its values */
    static void refuse(JsonNode manifest) {
        boolean filled =
                !manifest.path("data").isEmpty() || !manifest.path("stringData").isEmpty();
        if (Manifest.kind(manifest).equals("Secret") && filled) {
            throw ActionException.permanent(
                    CODE,
                    "expected no values of a Secret in a plan, which many may read, came " + Manifest.title(manifest)
                            + " with data; create it beforehand and refer to it by name");
        }
    }

    /**
     * @param env an object of names and values, or an array of Kubernetes' own entries; or null
     * @throws ActionException {@code secret-in-plan} if a variable named like a secret has its value in plain text
     */
    static void refuseIn(JsonNode env) {
        if (env == null) {
            return;
        }
        if (env.isArray()) {
            env.forEach(entry -> refuse(entry.path("name").asText(), entry.path("value")));
        } else {
            env.properties().forEach(entry -> refuse(entry.getKey(), entry.getValue()));
        }
    }

    /** @throws ActionException {@code secret-in-plan} if among a chart's values one named like a secret is in plain text */
    public static void refuseValues(JsonNode values) {
        values.properties().forEach(entry -> {
            List<String> words = words(entry.getKey());
            boolean telling = !words.isEmpty() && IN_VALUES.contains(words.get(words.size() - 1));
            if (telling
                    && entry.getValue().isTextual()
                    && !entry.getValue().asText().isBlank()) {
                throw ActionException.permanent(
                        CODE,
                        "expected no secret in a plan, which many may read, came a text for the value " + entry.getKey()
                                + "; put values with secrets into a Secret and refer to it by name");
            }
            refuseValues(entry.getValue());
        });
        if (values.isArray()) {
            values.forEach(PlainSecrets::refuseValues);
        }
    }

    private static void refuse(String variable, JsonNode value) {
        if (!value.asText().isEmpty() && isTelling(variable)) {
            throw ActionException.permanent(
                    CODE,
                    "expected no secret in a plan, which many may read, came a value for the variable " + variable
                            + "; put it into a Secret beforehand and refer to it with valueFrom.secretKeyRef");
        }
    }

    private static boolean isTelling(String variable) {
        List<String> words = words(variable);
        return words.stream().anyMatch(TELLING::contains) && !WHEREABOUTS.contains(words.get(words.size() - 1));
    }

    private static List<String> words(String name) {
        return Arrays.stream(BETWEEN_WORDS.split(name))
                .map(word -> word.toUpperCase(Locale.ROOT))
                .toList();
    }
}
