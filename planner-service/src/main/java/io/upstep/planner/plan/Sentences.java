package io.upstep.planner.plan;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/** Makes sentences for people of what machines and people have put into words. */
final class Sentences {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'", Locale.ROOT);
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d MMM uuuu, ", Locale.ENGLISH);

    private Sentences() {}

    /** One text of several sentences: each begins with a capital and ends with one full stop. Null ones are left out. */
    static String of(String... parts) {
        return Arrays.stream(parts)
                .filter(Objects::nonNull)
                .map(Sentences::bare)
                .filter(part -> !part.isEmpty())
                .map(part -> Character.toUpperCase(part.charAt(0)) + part.substring(1) + end(part))
                .collect(Collectors.joining(" "));
    }

    /** Without what would end a sentence, to stand in the middle of one. */
    static String bare(String text) {
        return text.strip().replaceFirst("[\\s.;:,]+$", "");
    }

    /** The time of day, and the date unless it is today's. */
    static String at(Instant time, Instant now) {
        String clock = TIME.format(time.atOffset(ZoneOffset.UTC));
        boolean today = time.truncatedTo(ChronoUnit.DAYS).equals(now.truncatedTo(ChronoUnit.DAYS));
        return today ? clock : DATE.format(time.atOffset(ZoneOffset.UTC)) + clock;
    }

    /** For example {@code 1h2m5s}. */
    static String length(Instant since, Instant now) {
        long seconds = Math.max(0, Duration.between(since, now).toSeconds());
        return Duration.ofSeconds(seconds).toString().substring(2).toLowerCase(Locale.ROOT);
    }

    private static String end(String part) {
        return part.endsWith("?") || part.endsWith("!") || part.endsWith("…") ? "" : ".";
    }
}
