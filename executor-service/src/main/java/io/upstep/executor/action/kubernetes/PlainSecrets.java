package io.upstep.executor.action.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.upstep.executor.action.ActionException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Refuses secrets that stand in a plan in plain text: many may read plans, events and the journal. */
final class PlainSecrets {
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

    private static void refuse(String variable, JsonNode value) {
        if (!value.asText().isEmpty() && isTelling(variable)) {
            throw ActionException.permanent(
                    CODE,
                    "expected no secret in a plan, which many may read, came a value for the variable " + variable
                            + "; put it into a Secret beforehand and refer to it with valueFrom.secretKeyRef");
        }
    }

    private static boolean isTelling(String variable) {
        List<String> words = Arrays.stream(BETWEEN_WORDS.split(variable))
                .map(word -> word.toUpperCase(Locale.ROOT))
                .toList();
        return words.stream().anyMatch(TELLING::contains) && !WHEREABOUTS.contains(words.get(words.size() - 1));
    }
}
