package io.upstep.executor.action.postgres;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names of databases made from another's: as long as the server takes, and different where those are. */
final class Names {
    /** The server cuts off what is longer. */
    private static final int LONGEST = 63;

    /** What may yet be added: an epoch or a number. */
    private static final int RESERVED = 12;

    private static final int HASHED = 4;

    private Names() {}

    /** Where a restored copy waits until it takes the place of the database. */
    static String restored(String database, String plan) {
        return made(database, "_upstep_" + plan);
    }

    /** What the database is called once another has taken its place. */
    static String kept(String database, String plan) {
        return made(database, "_before_restore_" + plan);
    }

    /** What a database is called until it is as it is to be. */
    static String begun(String database, String plan) {
        return made(database, "_new_" + plan);
    }

    /** The server would cut off a longer one without a word, and make another database than was meant. */
    static void requireShort(String key, String database) {
        int length = database.getBytes(StandardCharsets.UTF_8).length;
        if (length > LONGEST) {
            throw new IllegalArgumentException(
                    "expected '" + key + "' to have at most " + LONGEST + " bytes, came " + length);
        }
    }

    static String scratch(String plan, String name) {
        return "upstep_proof_" + plan + "_" + name;
    }

    private static String made(String database, String end) {
        int room = LONGEST - RESERVED - end.length();
        if (database.getBytes(StandardCharsets.UTF_8).length <= room) {
            return database + end;
        }
        String hash = "~" + hash(database);
        String begin = database;
        while ((begin + hash).getBytes(StandardCharsets.UTF_8).length > room) {
            begin = begin.substring(0, begin.length() - 1);
        }
        return begin + hash + end;
    }

    private static String hash(String text) {
        try {
            byte[] all = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(all, 0, HASHED);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("expected a JVM with SHA-256, as every one must have", e);
        }
    }
}
