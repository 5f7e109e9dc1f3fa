package io.upstep.simulator.controller;

import static io.upstep.simulator.store.Fields.at;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.simulator.store.Meta;
import java.util.List;
import java.util.Optional;

/** How many pods a Deployment has, summed up over its ReplicaSets. */
record Tally(int all, int updated, int ready, int available) {
    static Tally of(List<ObjectNode> sets, Optional<ObjectNode> fresh) {
        int updated = fresh.map(f -> sets.stream()
                        .filter(s -> Meta.uid(s).equals(Meta.uid(f)))
                        .mapToInt(s -> count(s, "replicas"))
                        .sum())
                .orElse(0);
        return new Tally(sum(sets, "replicas"), updated, sum(sets, "readyReplicas"), sum(sets, "availableReplicas"));
    }

    static Tally complete(int wanted) {
        return new Tally(wanted, wanted, wanted, wanted);
    }

    boolean isComplete(int wanted) {
        return updated == wanted && all == wanted && available == wanted;
    }

    private static int sum(List<ObjectNode> sets, String field) {
        return sets.stream().mapToInt(s -> count(s, field)).sum();
    }

    private static int count(ObjectNode set, String field) {
        return at(set, "status", field).asInt();
    }
}
