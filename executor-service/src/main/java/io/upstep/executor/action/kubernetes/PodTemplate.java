package io.upstep.executor.action.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.executor.action.ActionException;
import java.util.ArrayList;
import java.util.List;

/** Where the kinds that run pods keep the pods' template. */
final class PodTemplate {
    private PodTemplate() {}

    /** The template itself, part of the object: changing it changes the object. */
    static ObjectNode of(ObjectNode object) {
        String pointer = Manifest.kind(object).equals("CronJob") ? "/spec/jobTemplate/spec/template" : "/spec/template";
        if (object.at(pointer) instanceof ObjectNode template) {
            return template;
        }
        throw ActionException.permanent(
                "no-pod-template", "expected an object with a pod template, came " + Manifest.title(object));
    }

    static List<ObjectNode> containers(ObjectNode object) {
        List<ObjectNode> all = new ArrayList<>();
        for (String part : List.of("initContainers", "containers")) {
            for (JsonNode container : of(object).path("spec").path(part)) {
                all.add((ObjectNode) container);
            }
        }
        return all;
    }
}
