package io.upstep.simulator.protobuf;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Knows the fields of the messages that can be read. */
final class Messages {
    private static final String TABLE = "/io/upstep/simulator/protobuf.tsv";
    private static final Map<String, Map<Integer, Field>> ALL = load();

    private Messages() {}

    static boolean knows(String message) {
        return ALL.containsKey(message);
    }

    static Optional<Field> field(String message, int number) {
        return Optional.ofNullable(ALL.get(message).get(number));
    }

    private static Map<String, Map<Integer, Field>> load() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Messages.class.getResourceAsStream(TABLE), TABLE), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(l -> !l.isBlank() && !l.startsWith("#"))
                    .map(l -> l.split("\t"))
                    .collect(Collectors.groupingBy(
                            c -> c[0], Collectors.toMap(c -> Integer.valueOf(c[1]), c -> Field.of(c[2], c[3]))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
