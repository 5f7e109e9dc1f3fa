package io.upstep.verifier.check.grpc;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.Arrays;
import java.util.List;

/** How far a connection is encrypted and its server believed, in the words of a database's {@code sslMode}. */
public enum Tls {
    DISABLE("disable", "false"),
    /** Encrypted, whoever it is: platforms make their own certificates, and there is no secret to give away. */
    REQUIRE("require"),
    VERIFY_FULL("verify-full", "true");

    private final List<String> words;

    Tls(String... words) {
        this.words = List.of(words);
    }

    @JsonCreator
    static Tls of(String word) {
        return Arrays.stream(values())
                .filter(one -> one.words.contains(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "expected 'tls' to be disable, require or verify-full, came '" + word + "'"));
    }
}
