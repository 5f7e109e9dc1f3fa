package io.upstep.planner.recipe;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Guesses which name was meant by one that is not known. */
final class Suggestion {
    private static final int LETTERS_PER_ERROR = 3;
    private static final int FEWEST_ERRORS = 1;

    private Suggestion() {}

    /** "did you mean 'x'?", or else what is said otherwise. */
    static String or(String name, Collection<String> known, String otherwise) {
        return of(name, known).map(found -> "did you mean '" + found + "'?").orElse(otherwise);
    }

    /** The known name that is nearest, if it is near enough to have been meant. */
    static Optional<String> of(String name, Collection<String> known) {
        int allowed = Math.max(FEWEST_ERRORS, name.length() / LETTERS_PER_ERROR);
        return known.stream()
                // At least so many letters must be put in or taken out: somebody's very long name is not compared at
                // all.
                .filter(candidate -> Math.abs(candidate.length() - name.length()) <= allowed)
                .filter(candidate -> distance(name, candidate) <= allowed)
                .min(Comparator.<String>comparingInt(candidate -> distance(name, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** How many letters must be put in, taken out, changed or swapped with the next one. */
    static int distance(String from, String to) {
        int[][] cost = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, from, to, i, j);
            }
        }
        return cost[from.length()][to.length()];
    }

    private static int cheapest(int[][] cost, String from, String to, int i, int j) {
        int change = cost[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        int least = Math.min(change, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
    }
}
