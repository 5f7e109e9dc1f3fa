package io.upstep.simulator.rules;

import static io.upstep.simulator.store.Fields.at;
import static io.upstep.simulator.store.Fields.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.simulator.store.Fields;
import io.upstep.simulator.store.Meta;
import io.upstep.simulator.store.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Refuses objects the API server refuses, as far as upgrades meet them. */
public final class Validation {
    private static final Pattern SUBDOMAIN = Pattern.compile("[a-z0-9]([-a-z0-9.]*[a-z0-9])?");
    private static final Set<String> WORKLOADS = Set.of("Deployment", "ReplicaSet", "StatefulSet", "DaemonSet");
    private static final String NAME_RULE = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric "
            + "characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', "
            + "regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

    private final ResourceType type;
    private final ObjectNode object;
    private final List<Problem> problems = new ArrayList<>();

    private Validation(ResourceType type, ObjectNode object) {
        this.type = type;
        this.object = object;
    }

    /** What is wrong with an object, on its own. */
    public static List<Problem> of(ResourceType type, ObjectNode object) {
        Validation validation = new Validation(type, object);
        validation.all();
        return validation.problems;
    }

    private void all() {
        name();
        if (!type.builtIn()) {
            return;
        }
        if (WORKLOADS.contains(type.kind())) {
            replicas();
            selector();
            pod("spec.template.spec", at(object, "spec", "template", "spec"));
        } else if (type.kind().equals("Job")) {
            pod("spec.template.spec", at(object, "spec", "template", "spec"));
            jobRestartPolicy();
        } else if (type.kind().equals("Pod")) {
            pod("spec", object.path("spec"));
        }
        if (type.kind().equals("Deployment")) {
            strategy();
        }
    }

    private void name() {
        String name = Meta.name(object);
        boolean rbac = type.group().equals("rbac.authorization.k8s.io");
        if (!rbac && (name.length() > 253 || !SUBDOMAIN.matcher(name).matches())) {
            invalid("metadata.name", "Invalid value: \"" + name + "\": " + NAME_RULE);
        }
    }

    private void replicas() {
        JsonNode replicas = at(object, "spec", "replicas");
        if (replicas.isTextual()) {
            throw Refusal.badRequest(type.kind() + " in version \"" + type.version() + "\" cannot be handled as a "
                    + type.kind() + ": json: cannot unmarshal string into Go struct field " + type.kind()
                    + "Spec.spec.replicas of type int32");
        }
        if (replicas.asInt() < 0) {
            invalid("spec.replicas", "Invalid value: " + replicas.asInt() + ": must be greater than or equal to 0");
        }
    }

    private void selector() {
        JsonNode selector = at(object, "spec", "selector");
        if (selector.path("matchLabels").isEmpty()
                && selector.path("matchExpressions").isEmpty()) {
            invalid("spec.selector", "Required value");
            return;
        }
        JsonNode labels = at(object, "spec", "template", "metadata", "labels");
        if (!LabelSelector.of(selector).test(Fields.strings(labels))) {
            invalid(
                    "spec.template.metadata.labels",
                    "Invalid value: " + (labels.isMissingNode() ? "null" : labels)
                            + ": `selector` does not match template `labels`");
        }
    }

    private void strategy() {
        JsonNode strategy = at(object, "spec", "strategy");
        if (text(strategy, "type").equals("Recreate") && strategy.hasNonNull("rollingUpdate")) {
            invalid(
                    "spec.strategy.rollingUpdate",
                    "Forbidden: may not be specified when strategy `type` is 'Recreate'");
        }
    }

    private void pod(String path, JsonNode spec) {
        List<ObjectNode> containers = Fields.objects(spec.path("containers"));
        if (containers.isEmpty()) {
            invalid(path + ".containers", "Required value");
        }
        for (int i = 0; i < containers.size(); i++) {
            String here = path + ".containers[" + i + "]";
            if (text(containers.get(i), "name").isEmpty()) {
                invalid(here + ".name", "Required value");
            }
            if (text(containers.get(i), "image").isEmpty()) {
                invalid(here + ".image", "Required value");
            }
        }
    }

    private void jobRestartPolicy() {
        String policy = text(object, "spec", "template", "spec", "restartPolicy");
        if (policy.equals("Always")) {
            invalid("spec.template.spec.restartPolicy", "Required value: valid values: \"OnFailure\", \"Never\"");
        }
    }

    private void invalid(String field, String problem) {
        problems.add(new Problem(field, problem));
    }
}
