package io.upstep.verifier.check.sql;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reckons a fingerprint's checksums by hand, so that the tests share nothing with what they test. */
final class Md5 {
    private Md5() {}

    static String ofRows(String... rows) {
        return of(Stream.of(rows).map(Md5::of).sorted().collect(Collectors.joining()));
    }

    static String of(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
