package io.upstep.simulator.audit;

import com.fasterxml.jackson.databind.JsonNode;
import io.upstep.simulator.store.Meta;

/** What Upstep writes on the objects it touches; each is empty where an object does not say it. */
public record Marks(String release, String plan, String step, String epoch) {
    private static final String PREFIX = "upstep.io/";

    public static Marks of(JsonNode object) {
        return new Marks(
                Meta.annotation(object, PREFIX + "release"),
                Meta.annotation(object, PREFIX + "plan"),
                Meta.annotation(object, PREFIX + "step"),
                Meta.annotation(object, PREFIX + "epoch"));
    }

    /** Whether it says for which release and at which epoch it was written. */
    public boolean areThere() {
        return !release.isEmpty() && !epoch.isEmpty();
    }

    /** The epoch as a number; one that is none counts as 0, as executors and the admission policy read it. */
    public long number() {
        return epoch.matches("[0-9]{1,18}") ? Long.parseLong(epoch) : 0;
    }
}
