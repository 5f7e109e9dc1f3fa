package io.upstep.executor.action.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.event.Outcome;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.kubernetes.FencedObjects;
import io.upstep.executor.action.kubernetes.SavedObjects;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** {@code helm.pull}: fetches charts and stores them in the installation's namespace; from there on the plan has these. */
@ApplicationScoped
public class PullAction extends HelmAction<PullAction.With> {
    private final ChartSources sources;

    /**
     * @param into how the Secrets' names begin; the plan's id is added
     * @param modernize whether objects of old API versions are to be lifted when the charts are rendered
     */
    public record With(List<ChartRef> charts, String into, Boolean modernize) {
        public With {
            if (charts == null || charts.isEmpty()) {
                throw new IllegalArgumentException("expected 'charts' with at least one chart");
            }
            charts = List.copyOf(charts);
            if (charts.stream().anyMatch(ref -> ref.from() != null)) {
                throw new IllegalArgumentException("expected 'charts' from elsewhere, came one that is stored already");
            }
            if (into == null || !into.matches("[a-z0-9]([-a-z0-9.]{0,200}[a-z0-9])?")) {
                throw new IllegalArgumentException(
                        "expected 'into' to be the beginning of a Secret's name, came '" + into + "'");
            }
            modernize = Boolean.TRUE.equals(modernize);
        }
    }

    public PullAction(ChartSources sources) {
        this.sources = sources;
    }

    @Override
    public String name() {
        return "helm.pull";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    Outcome act(With with, StepContext context, FencedObjects objects) {
        StoredCharts stored = new StoredCharts(context, objects);
        SavedObjects secrets = stored.into(with.into());
        if (secrets.isComplete()) {
            List<ObjectNode> items = stored.items(with.into());
            requireAsAsked(with, items);
            return new Outcome.Succeeded("stored already in Secret " + secrets.name(), details(secrets.name(), items));
        }
        List<ObjectNode> items = new ArrayList<>();
        for (ChartRef ref : with.charts()) {
            context.progress((double) items.size() / with.charts().size(), "fetching " + ref);
            Chart chart = sources.fetch(ref);
            items.add(StoredCharts.item(with.modernize() ? chart.modernized() : chart));
        }
        secrets.write(items);
        return objects.report().outcome("stored " + items.size() + " charts in", details(secrets.name(), items));
    }

    /** What is stored stays; a step that is done anew with another chart in mind must hear of it. */
    private static void requireAsAsked(With with, List<ObjectNode> items) {
        for (ChartRef ref : with.charts()) {
            boolean there = ref.digest() == null
                    || items.stream()
                            .anyMatch(item -> item.path("digest").asText().equals(ref.digest()));
            if (!there) {
                throw ActionException.permanent(
                        "chart-digest-mismatch",
                        "expected the digest " + ref.digest() + " of " + ref
                                + " among the charts that an earlier attempt has stored");
            }
        }
    }

    private static ObjectNode details(String secret, List<ObjectNode> items) {
        ObjectNode details = JsonNodeFactory.instance.objectNode().put("secret", secret);
        for (JsonNode item : items) {
            ObjectNode chart = details.withArray("charts").addObject();
            for (String key : List.of("chart", "version", "digest", "notes")) {
                if (item.has(key) && !(item.get(key).isArray() && item.get(key).isEmpty())) {
                    chart.set(key, item.get(key));
                }
            }
        }
        return details;
    }
}
