package io.upstep.executor.action.elasticsearch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What every copied document passes on the destination: a pipeline that changes nothing. Once it is deleted no copy of the
 * plan can write there any more, not even one that an executor starts which was asleep all the while.
 */
record Permit(Node destination, String name) {

    void give() {
        ObjectNode pipeline = JsonNodeFactory.instance
                .objectNode()
                .put("description", "lets copies of an Upstep plan in; once it is deleted they cannot write any more");
        pipeline.putArray("processors");
        destination.put(path(), pipeline).required("creating pipeline " + name + " on " + destination);
    }

    /** Taken already is as good. */
    void take() {
        Answer answer = destination.delete(path());
        if (!answer.isMissing()) {
            answer.required("deleting pipeline " + name + " on " + destination);
        }
    }

    /** Whether a copy has ended for want of it. */
    boolean isMissed(String said) {
        return said.contains("pipeline with id [" + name + "] does not exist");
    }

    private String path() {
        return "/_ingest/pipeline/" + name;
    }
}
