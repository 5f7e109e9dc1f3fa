package io.upstep.verifier.check.kubernetes;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads versions as people write them in labels, tags and chart names, and says whether two are the same. */
public final class Versions {
    private static final Pattern LEADING = Pattern.compile("v?(\\d+(?:\\.\\d+)*)(.*)", Pattern.DOTALL);
    private static final Pattern CHART = Pattern.compile(".*?-v?(\\d+(?:\\.\\d+)+.*)", Pattern.DOTALL);

    private Versions() {}

    /** The version in a text: {@code 1.20.0} in {@code v1.20.0}, and in {@code polyaxon-1.20.0}, a chart's name. */
    public static Optional<String> in(String text) {
        String stripped = text == null ? "" : text.strip();
        Matcher leading = LEADING.matcher(stripped);
        if (leading.matches()) {
            return Optional.of(leading.group(1) + leading.group(2));
        }
        Matcher chart = CHART.matcher(stripped);
        return chart.matches() ? Optional.of(chart.group(1)) : Optional.empty();
    }

    /** The numbers a version begins with: {@code 1.20.0} of {@code v1.20.0-p1}. */
    public static Optional<String> numericPrefix(String text) {
        Matcher leading = LEADING.matcher(text == null ? "" : text.strip());
        return leading.matches() ? Optional.of(leading.group(1)) : Optional.empty();
    }

    /**
     * Whether what was found is the expected version. If the expected one is only numbers, what follows the numbers of the
     * found one (a build, a patch of the packager) does not matter; {@code 1.20} and {@code 1.20.0} are the same.
     */
    public static boolean same(String found, String expected) {
        String wanted = in(expected).orElse(expected);
        String actual = in(found).orElse(found);
        if (wanted.equals(actual)) {
            return true;
        }
        boolean numbersOnly = numericPrefix(wanted).filter(wanted::equals).isPresent();
        return numbersOnly
                && numericPrefix(actual)
                        .filter(prefix -> numbers(prefix).equals(numbers(wanted)))
                        .isPresent();
    }

    private static List<BigInteger> numbers(String version) {
        List<BigInteger> all =
                Arrays.stream(version.split("\\.")).map(BigInteger::new).toList();
        int length = all.size();
        while (length > 1 && all.get(length - 1).signum() == 0) {
            length--;
        }
        return all.subList(0, length);
    }
}
