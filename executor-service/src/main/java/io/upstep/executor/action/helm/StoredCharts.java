package io.upstep.executor.action.helm;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.kubernetes.FencedObjects;
import io.upstep.executor.action.kubernetes.SavedManifests;
import io.upstep.executor.action.kubernetes.SavedObjects;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The charts a plan has fetched, kept in Secrets of the installation's namespace: later steps take these and no others. */
final class StoredCharts {
    static final String TYPE = "upstep.io/charts";

    private final StepContext context;
    private final FencedObjects objects;

    StoredCharts(StepContext context, FencedObjects objects) {
        this.context = context;
        this.objects = objects;
    }

    SavedObjects into(String prefix) {
        return new SavedObjects(TYPE, prefix, context, objects);
    }

    static ObjectNode item(Chart chart) {
        ObjectNode item = JsonNodeFactory.instance.objectNode().put("kind", "Chart");
        item.putObject("metadata").put("name", chart.name() + "-" + chart.version());
        item.put("chart", chart.name())
                .put("version", chart.version())
                .put("digest", chart.digest())
                .put("modernize", chart.modernize())
                .put("archive", Base64.getEncoder().encodeToString(ChartArchive.packed(chart)));
        chart.notes().forEach(item.putArray("notes")::add);
        return item;
    }

    List<ObjectNode> items(String prefix) {
        return new SavedManifests(TYPE, "helm.pull", prefix, context, objects).read();
    }

    /** @throws ActionException {@code nothing-saved}, {@code chart-not-found} */
    Chart read(ChartRef ref) {
        List<ObjectNode> items = items(ref.from());
        Optional<ObjectNode> found = items.stream()
                .filter(item ->
                        ref.version() == null || item.path("version").asText().equals(ref.version()))
                .filter(item ->
                        ref.name() == null || item.path("chart").asText().equals(ref.name()))
                .filter(item ->
                        ref.digest() == null || item.path("digest").asText().equals(ref.digest()))
                .findFirst();
        return found.map(StoredCharts::chart)
                .orElseThrow(() -> ActionException.permanent(
                        "chart-not-found",
                        "expected version " + ref.version() + " among the charts stored as " + ref.from()
                                + ", which are "
                                + items.stream()
                                        .map(item -> item.at("/metadata/name").asText())
                                        .toList()));
    }

    private static Chart chart(ObjectNode item) {
        Chart packed = ChartArchive.read(
                Base64.getDecoder().decode(item.path("archive").asText()));
        // The digest is that of the archive as it was published.
        return new Chart(
                packed.files(),
                item.path("digest").asText(),
                List.of(),
                item.path("modernize").asBoolean());
    }
}
