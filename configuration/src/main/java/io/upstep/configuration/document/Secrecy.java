package io.upstep.configuration.document;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Which values must not be shown: by the names of their keys, by the name beside them, and by how they look. */
public final class Secrecy {
    public static final String HIDDEN = "***";

    private static final Pattern NAME = Pattern.compile(
            "pass(word|wd|phrase)?|pwd|token|secret|credential|creds|webhook|auth|cert|private|(api|access|account|encryption|license|signing|ssh|public)[-_]?key"
                    + "|(^|[-_])key$|keys$|connection[-_]?string|dsn$|salt$|cookie|erlang",
            Pattern.CASE_INSENSITIVE);

    /** These name something that is secret, and do not hold it. */
    private static final Set<String> NAMES_OF_SECRETS = Set.of(
            "secretname",
            "existingsecret",
            "secretref",
            "secretrefs",
            "secretkeyref",
            "encryptionsecret",
            "imagepullsecrets",
            "imagepullsecret",
            "usepassword",
            "auth",
            "authmode",
            "author",
            "authors");

    /** Beside one of these, as in tolerations, a key is that of a label. */
    private static final Set<String> OF_LABELS = Set.of("operator", "effect", "values");

    private static final Pattern LOOK =
            Pattern.compile("://[^/\\s:@]*:[^\\s@]{1,500}@|-----BEGIN.*|(?i:bearer)\\s+\\S{8,}|"
                    // Judged where such a word begins, and nowhere else: else time grows with the square of its length.
                    + "(?<![A-Za-z0-9+=_])(?=[A-Za-z+=_]*+\\d)(?=[0-9+=_]*+[A-Za-z])[A-Za-z0-9+=_]{24,}+");

    private static final Pattern ASSIGNED =
            Pattern.compile("(?:password|passwd|token|secret|api[-_]?key)\\s*[=:]\\s*\\S", Pattern.CASE_INSENSITIVE);

    private static final Pattern IN_TEXT = Pattern.compile(
            "((?:[A-Za-z0-9_-]*(?:password|passwd|token|secret|api[-_]?key))\\s*[=:]\\s*|--(?:password|token|secret)\\s+)\\S+",
            Pattern.CASE_INSENSITIVE);

    private Secrecy() {}

    /** Marks what must not be shown in a tree, whose own name is judged by whoever put it there. */
    public static void hide(Tree tree) {
        if (tree instanceof Leaf leaf) {
            if (LOOK.matcher(leaf.text()).find()
                    || ASSIGNED.matcher(leaf.text()).find()) {
                leaf.hide();
            }
        } else if (tree instanceof Mapping mapping) {
            mapping.slots().forEach(slot -> hideNamed(slot.key().text(), slot.value(), mapping));
            hideBesideName(mapping);
        } else {
            ((Branch) tree).children().forEach(Secrecy::hide);
        }
    }

    /** Marks what must not be shown in a tree that stands under a path. */
    public static void hideAt(Path path, Tree tree) {
        if (path.segments().stream().anyMatch(Secrecy::isSecretName)) {
            tree.hide();
        }
        hide(tree);
    }

    public static boolean isSecretName(String name) {
        return !NAMES_OF_SECRETS.contains(name.toLowerCase(Locale.ROOT))
                && NAME.matcher(name).find();
    }

    /** A line of text without what looks like a secret in it. */
    public static String scrubbed(String line) {
        return LOOK.matcher(IN_TEXT.matcher(line).replaceAll("$1" + HIDDEN)).replaceAll(HIDDEN);
    }

    private static void hideNamed(String name, Tree value, Mapping among) {
        boolean ofLabel = name.equals("key") && OF_LABELS.stream().anyMatch(other -> among.get(other) != null);
        if (isSecretName(name) && !ofLabel) {
            value.hide();
        } else {
            hide(value);
        }
    }

    /** As environment variables are written: {@code {name: DB_PASSWORD, value: ...}}. */
    private static void hideBesideName(Mapping mapping) {
        for (String name : new String[] {"name", "key"}) {
            if (mapping.get(name) instanceof Leaf leaf && isSecretName(leaf.text()) && mapping.get("value") != null) {
                mapping.get("value").hide();
            }
        }
    }
}
