package io.upstep.configuration.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a scalar means. Helm and Python read YAML 1.1, where a bare {@code yes} is a truth value; so it is read here.
 */
public final class Scalars {
    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
    private static final Set<String> TRUE = Set.of("true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON");
    private static final Set<String> FALSE = Set.of("false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF");
    private static final Pattern DECIMAL = Pattern.compile("[-+]?(0|[1-9]\\d*)");
    private static final Pattern OCTAL = Pattern.compile("0o?[0-7]+");
    private static final Pattern HEX = Pattern.compile("0x[0-9A-Fa-f]+");
    private static final Pattern FLOAT = Pattern.compile("[-+]?(\\d+\\.\\d*|\\.\\d+|\\d+)([eE][-+]?\\d{1,2})?");

    /** Words and paths that no reader takes for anything but text. */
    private static final Pattern WORDS =
            Pattern.compile("[A-Za-z_/](?:[A-Za-z0-9_./@-]|:(?=[A-Za-z0-9/])|\\{\\}| (?=[A-Za-z0-9(]))*");

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** What is longer is not looked at closely: it is no number to us, and quoted where a new scalar is written. */
    private static final int LONG = 300;

    private Scalars() {}

    static JsonNode json(String text, boolean plain) {
        if (!plain || text.length() > LONG) {
            return JSON.textNode(text);
        }
        if (NULLS.contains(text)) {
            return JSON.nullNode();
        }
        if (TRUE.contains(text) || FALSE.contains(text)) {
            return JSON.booleanNode(TRUE.contains(text));
        }
        return number(text);
    }

    private static JsonNode number(String text) {
        if (DECIMAL.matcher(text).matches()) {
            return whole(new BigInteger(text));
        }
        if (OCTAL.matcher(text).matches()) {
            return whole(new BigInteger(text.replace("o", ""), 8));
        }
        if (HEX.matcher(text).matches()) {
            return whole(new BigInteger(text.substring(2), 16));
        }
        if (FLOAT.matcher(text).matches()) {
            return JSON.numberNode(new BigDecimal(text).doubleValue());
        }
        return JSON.textNode(text);
    }

    /** The smallest type that holds it, as Jackson reads it too: nodes are compared by type. */
    private static JsonNode whole(BigInteger value) {
        if (value.bitLength() < Integer.SIZE) {
            return JSON.numberNode(value.intValue());
        }
        return value.bitLength() < Long.SIZE ? JSON.numberNode(value.longValue()) : JSON.numberNode(value);
    }

    /** The truth value that a text means, or null. */
    public static Boolean truth(String text) {
        return TRUE.contains(text) ? Boolean.TRUE : FALSE.contains(text) ? Boolean.FALSE : null;
    }

    static boolean isPlainlyText(String text) {
        return text.length() <= LONG
                && WORDS.matcher(text).matches()
                && json(text, true).isTextual()
                && !Set.of("y", "Y", "n", "N").contains(text);
    }
}
