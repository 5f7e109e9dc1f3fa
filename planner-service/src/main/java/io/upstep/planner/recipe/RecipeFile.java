package io.upstep.planner.recipe;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * One YAML file as it was found.
 *
 * @param name {@code <platform>/<file>.yaml}
 */
public record RecipeFile(String name, String text, Origin origin) {
    /** In characters; the largest built-in one has a twentieth of it. */
    static final int LONGEST = 1 << 20;

    private static final String PLATFORM_FILE = "platform.yaml";

    /** Who answers for a file: a broken built-in one stops the start, a broken one of the user's is only left out. */
    public enum Origin {
        BUILT_IN,
        USER
    }

    String folder() {
        return name.substring(0, name.indexOf('/'));
    }

    /** Whether it holds rules that move a configuration, which are read by others. */
    boolean isRule() {
        return name.indexOf('/') != name.lastIndexOf('/');
    }

    boolean isTooLong() {
        return text.length() > LONGEST;
    }

    boolean isPlatform() {
        return name.equals(folder() + "/" + PLATFORM_FILE);
    }

    /** What a plan pins: the same text always has the same one. */
    String digest() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256, but this one does not", e);
        }
    }
}
