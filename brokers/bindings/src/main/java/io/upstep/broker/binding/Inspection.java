package io.upstep.broker.binding;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a look at the broker found.
 *
 * @param unreachable why the broker does not answer, or null
 * @param missing the places that are not as they should be, and what is wrong with each
 */
public record Inspection(String unreachable, Map<Place, String> missing) {
    public Inspection {
        missing = Map.copyOf(missing);
    }

    public static Inspection unreachable(String why) {
        return new Inspection(why, Map.of());
    }

    public static Inspection found(Map<Place, String> missing) {
        return new Inspection(null, missing);
    }

    boolean isReachable() {
        return unreachable == null;
    }

    String problem() {
        return isReachable()
                ? missing.values().stream().distinct().sorted().collect(Collectors.joining("; "))
                : unreachable;
    }
}
