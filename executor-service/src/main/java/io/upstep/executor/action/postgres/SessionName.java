package io.upstep.executor.action.postgres;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a session is called in the server, so that it is known there whose it is: {@code upstep/<namespace>/<release>/<epoch>}. */
final class SessionName {
    /** The server cuts off what is longer, and with it the epoch. */
    private static final int LONGEST = 63;

    private static final int HASHED = 6;

    private static final Pattern FORM = Pattern.compile("upstep/.*/(\\d{1,18})");

    private SessionName() {}

    static String of(String installation, long epoch) {
        String end = "/" + epoch;
        return shortened("upstep/" + installation, LONGEST - end.length()) + end;
    }

    /** Two installations whose names begin alike must not take each other's sessions for their own. */
    private static String shortened(String begin, int longest) {
        if (begin.length() <= longest) {
            return begin;
        }
        String rest = "~" + hash(begin);
        return begin.substring(0, longest - rest.length()) + rest;
    }

    private static String hash(String text) {
        try {
            byte[] all = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(all, 0, HASHED);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("expected a JVM with SHA-256, as every one must have", e);
        }
    }

    /** The epoch of a session of this installation; empty for any other's. */
    static OptionalLong epoch(String name, String installation) {
        Matcher form = FORM.matcher(name);
        if (!form.matches()) {
            return OptionalLong.empty();
        }
        long epoch = Long.parseLong(form.group(1));
        return of(installation, epoch).equals(name) ? OptionalLong.of(epoch) : OptionalLong.empty();
    }
}
