package io.upstep.executor.action.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.event.Outcome;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.Waiting;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * {@code kubernetes.delete-crds}: deletes custom resource definitions that Helm leaves behind. With a definition go all of its
 * objects, in every namespace; so one that still has any is left alone.
 */
@ApplicationScoped
public class DeleteCrdsAction extends ObjectAction<DeleteCrdsAction.With> {
    private static final Kind CRD =
            new Kind("apiextensions.k8s.io/v1", "CustomResourceDefinition", "customresourcedefinitions", false);

    /** @param names the definitions' full names; one that is not there is as it should be */
    public record With(List<String> names) {
        public With {
            if (names == null || names.isEmpty() || !names.stream().allMatch(With::isFullName)) {
                throw new IllegalArgumentException(
                        "expected 'names' with full names such as operations.example.com, came " + names);
            }
            names = List.copyOf(names);
        }

        private static boolean isFullName(String name) {
            return name != null && name.matches("[a-z0-9-]+(\\.[a-z0-9-]+)+");
        }
    }

    public DeleteCrdsAction() {
        super("kubernetes.delete-crds", With.class);
    }

    @Override
    Outcome act(With with, StepContext context, FencedObjects objects) {
        List<ObjectNode> found = new ArrayList<>();
        with.names().forEach(name -> objects.get(CRD, name).ifPresent(found::add));
        // All are looked at before the first is deleted: either all of them go, or none.
        found.forEach(definition -> requireUnused(definition, objects));
        found.forEach(definition -> objects.deleteDefinition(CRD, definition));
        if (!objects.isPreview()) {
            Waiting.until(context, null, () -> left(found, objects), left -> ActionException.passing("timeout", left));
        }
        return found.isEmpty()
                ? Outcome.Succeeded.of("none of " + String.join(", ", with.names()) + " is there")
                : objects.report().outcome("deleted");
    }

    private static void requireUnused(ObjectNode definition, FencedObjects objects) {
        Map<String, Integer> used = new TreeMap<>();
        for (JsonNode version : definition.at("/spec/versions")) {
            if (version.path("served").asBoolean()) {
                objects.list(everywhere(definition, version.path("name").asText()), null)
                        .forEach(object ->
                                used.merge(object.at("/metadata/namespace").asText("the cluster"), 1, Integer::sum));
                break;
            }
        }
        if (!used.isEmpty()) {
            throw ActionException.permanent(
                    "crd-in-use",
                    "expected no objects of " + Manifest.name(definition)
                            + ", which would be deleted with it, and there are " + used
                            + " by namespace; wait until they are finished or delete them, then try again");
        }
    }

    private static Kind everywhere(ObjectNode definition, String version) {
        return new Kind(
                definition.at("/spec/group").asText() + "/" + version,
                definition.at("/spec/names/kind").asText(),
                definition.at("/spec/names/plural").asText(),
                false);
    }

    private static Optional<String> left(List<ObjectNode> found, FencedObjects objects) {
        List<String> left = found.stream()
                .filter(definition -> objects.get(CRD, Manifest.name(definition))
                        .filter(now -> Manifest.uid(now).equals(Manifest.uid(definition)))
                        .isPresent())
                .map(Manifest::name)
                .toList();
        return left.isEmpty()
                ? Optional.empty()
                : Optional.of("waiting for " + String.join(", ", left) + " to be gone");
    }
}
