package io.upstep.verifier.check.kubernetes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.upstep.event.Fact;
import io.upstep.verifier.check.BoundedFact;
import io.upstep.verifier.check.CheckContext;
import io.upstep.verifier.check.Probe;
import io.upstep.verifier.cluster.KubeObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.TreeSet;

/** What an installation seems to have left behind, found by names and labels; names only. */
@ApplicationScoped
public class LeftoversProbe implements Probe<LeftoversProbe.With> {
    private static final String OWN = "upstep.io/";
    private static final String HELM_OWNER = "/metadata/annotations/meta.helm.sh~1release-name";

    /**
     * @param kinds kinds, or {@code apiVersion/Kind} for unusual ones
     * @param selectors an object that one of them matches is one; or
     * @param namePrefixes an object whose name begins with one of them
     */
    public record With(List<String> kinds, List<String> selectors, List<String> namePrefixes) {
        public With {
            if (kinds == null || kinds.isEmpty()) {
                throw new IllegalArgumentException("expected 'kinds' with at least one kind");
            }
            kinds = List.copyOf(kinds);
            selectors = selectors == null ? List.of() : List.copyOf(selectors);
            namePrefixes = namePrefixes == null ? List.of() : List.copyOf(namePrefixes);
            if (selectors.isEmpty() && namePrefixes.isEmpty()) {
                throw new IllegalArgumentException("expected 'selectors' or 'namePrefixes', or both");
            }
            if (selectors.stream().anyMatch(String::isBlank)
                    || namePrefixes.stream().anyMatch(String::isBlank)) {
                throw new IllegalArgumentException("expected 'selectors' and 'namePrefixes' that are not empty, as"
                        + " those would take every object for a leftover");
            }
        }
    }

    @Override
    public String name() {
        return "kubernetes.leftovers";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    public Fact observe(With with, CheckContext context) {
        TreeSet<String> names = new TreeSet<>();
        for (String text : with.kinds()) {
            int slash = text.lastIndexOf('/');
            String kind = text.substring(slash + 1);
            String apiVersion = slash < 0 ? null : text.substring(0, slash);
            with.selectors().forEach(selector -> Found.of(new Target(kind, apiVersion, null, selector), context)
                    .objects()
                    .forEach(object -> add(object, names, context)));
            if (!with.namePrefixes().isEmpty()) {
                Found.of(new Target(kind, apiVersion, null, null), context).objects().stream()
                        .filter(object -> with.namePrefixes().stream().anyMatch(object.name()::startsWith))
                        .forEach(object -> add(object, names, context));
            }
        }
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        names.forEach(list::add);
        return BoundedFact.of(list, with.kinds() + " in " + context.namespace());
    }

    private static void add(KubeObject object, TreeSet<String> names, CheckContext context) {
        if (!isUpsteps(object) && !isOfAnother(object, context.installation().release())) {
            names.add(object.kind() + "/" + object.name());
        }
    }

    /** What Upstep keeps for the way back, and its lease. */
    private static boolean isUpsteps(KubeObject object) {
        boolean labelled = false;
        var labels = object.at("/metadata/labels").fieldNames();
        while (labels.hasNext()) {
            labelled |= labels.next().startsWith(OWN);
        }
        return labelled
                || object.at("/type").asText().startsWith(OWN)
                || object.at("/type").asText().equals("helm.sh/release.v1")
                || object.kind().equals("Lease");
    }

    /** A name may begin like another release's. */
    private static boolean isOfAnother(KubeObject object, String release) {
        String owner = object.at(HELM_OWNER).asText(object.label("release"));
        return owner != null && !owner.isEmpty() && !owner.equals(release);
    }
}
