package io.upstep.verifier.check.helm;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.event.Fact;
import io.upstep.verifier.check.CheckContext;
import io.upstep.verifier.check.Probe;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** What Helm has recorded about a release: chart, versions, revision and status; that it knows none is a fact, too. */
@ApplicationScoped
public class ReleaseProbe implements Probe<ReleaseProbe.With> {

    private static final Set<String> TOLD =
            Set.of("found", "chart", "chartVersion", "appVersion", "revision", "status", "modified");

    /**
     * @param release the installation's own if not said
     * @param as which of them alone; all if not said
     */
    public record With(String release, String as) {
        public With {
            if (as != null && !TOLD.contains(as)) {
                throw new IllegalArgumentException("expected 'as' to be one of " + TOLD + ", came '" + as + "'");
            }
        }
    }

    @Override
    public String name() {
        return "helm.release";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    public Fact observe(With with, CheckContext context) {
        String name = HelmRelease.named(with.release(), context);
        Fact all = all(name, context);
        if (with.as() == null || !all.isKnown()) {
            return all;
        }
        // Nobody takes an empty text for a version, or 0 for a revision.
        boolean told = with.as().equals("found") || all.value().path("found").asBoolean();
        return told
                ? Fact.known(all.value().get(with.as()), all.source())
                : Fact.unknown("Helm has no record of release " + name + " in " + context.namespace());
    }

    private static Fact all(String name, CheckContext context) {
        ObjectNode fact = JsonNodeFactory.instance.objectNode();
        return HelmRelease.find(name, context)
                .map(release -> Fact.known(
                        fact.put("found", true)
                                .put("chart", release.chart())
                                .put("chartVersion", release.chartVersion())
                                .put("appVersion", release.appVersion())
                                .put("revision", release.revision())
                                .put("status", release.status())
                                .put("modified", release.modified()),
                        release.toString()))
                .orElseGet(() -> Fact.known(
                        fact.put("found", false)
                                .put("chart", "")
                                .put("chartVersion", "")
                                .put("appVersion", "")
                                .put("revision", 0)
                                .put("status", "")
                                .put("modified", ""),
                        "Helm has no record of release " + name + " in " + context.namespace()));
    }
}
