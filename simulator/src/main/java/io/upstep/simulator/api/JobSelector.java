package io.upstep.simulator.api;

import static io.upstep.simulator.store.Fields.child;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.simulator.store.Meta;
import io.upstep.simulator.store.ResourceType;

/** Gives a new Job the selector and pod labels that the API server generates from its uid. */
final class JobSelector {
    private JobSelector() {}

    static void apply(ResourceType type, ObjectNode job) {
        if (!type.resource().equals("jobs.batch")
                || job.path("spec").path("manualSelector").asBoolean()) {
            return;
        }
        ObjectNode labels = child(job, "spec", "template", "metadata", "labels");
        labels.put("batch.kubernetes.io/controller-uid", Meta.uid(job));
        labels.put("batch.kubernetes.io/job-name", Meta.name(job));
        labels.put("controller-uid", Meta.uid(job));
        labels.put("job-name", Meta.name(job));
        child(job, "spec", "selector", "matchLabels").put("batch.kubernetes.io/controller-uid", Meta.uid(job));
    }
}
