package io.upstep.standalone.fault;

import java.util.List;

/** Where messages can be got at: an address and the group that receives from it. */
record Channel(String address, String group) {
    static final Channel COMPLETIONS = new Channel("upgrade.completed", "planner");

    /** All there are, for the cluster {@code local}. */
    static final List<Channel> ALL = List.of(
            new Channel("step.requested.local", "executor"),
            new Channel("step.cancel.requested.local", "executor"),
            new Channel("lease.release.requested.local", "executor"),
            new Channel("observation.requested.local", "verifier"),
            new Channel("step.executed.local", "verifier"),
            new Channel("plan.verification.requested.local", "verifier"),
            new Channel("installation.observed", "planner"),
            new Channel("step.progressed", "planner"),
            new Channel("step.completed", "planner"),
            COMPLETIONS);
}
