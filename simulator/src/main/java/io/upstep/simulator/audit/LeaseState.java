package io.upstep.simulator.audit;

import static io.upstep.simulator.store.Fields.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.upstep.simulator.store.Key;
import io.upstep.simulator.store.Meta;

/**
 * What a Lease says that Upstep holds on an installation.
 *
 * @param holder empty while nobody works
 * @param planner the Upstep it belongs to
 * @param ended whether its plan is over, and anybody may take it
 */
public record LeaseState(String holder, String planner, String plan, long epoch, boolean ended) {
    static final String RESOURCE = "leases.coordination.k8s.io";
    static final String PREFIX = "upstep-";

    public static boolean isAbout(Key key) {
        return key.resource().equals(RESOURCE) && key.name().startsWith(PREFIX);
    }

    public static LeaseState of(JsonNode lease) {
        Marks marks = Marks.of(lease);
        return new LeaseState(
                text(lease, "spec", "holderIdentity"),
                Meta.annotation(lease, "upstep.io/planner"),
                marks.plan(),
                marks.number(),
                Meta.annotation(lease, "upstep.io/ended").equals("true"));
    }
}
