package io.upstep.verifier.check.helm;

import io.upstep.event.Evidence;
import io.upstep.verifier.check.Check;
import io.upstep.verifier.check.CheckContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether Helm has recorded a release as it should be. */
@ApplicationScoped
public class ReleaseCheck implements Check<ReleaseCheck.With> {
    private static final String ABSENT = "absent";

    /**
     * @param release the installation's own if not said
     * @param status as Helm calls it, deployed if not said; absent for: no record, or one that says uninstalled
     */
    public record With(String release, String chart, String chartVersion, String status) {
        public With {
            status = status == null ? "deployed" : status;
            if (status.equals(ABSENT) && (chart != null || chartVersion != null)) {
                throw new IllegalArgumentException("expected no 'chart' of a release that is to be absent");
            }
        }

        private String expected() {
            List<String> parts = new ArrayList<>();
            Optional.ofNullable(chart).ifPresent(text -> parts.add("chart " + text));
            Optional.ofNullable(chartVersion).ifPresent(text -> parts.add("version " + text));
            parts.add(status);
            return String.join(", ", parts);
        }

        private boolean isMetBy(HelmRelease found) {
            return status.equals(ABSENT)
                    ? found.isUninstalled()
                    : found.status().equals(status)
                            && (chart == null || chart.equals(found.chart()))
                            && (chartVersion == null || plain(chartVersion).equals(plain(found.chartVersion())));
        }

        private static String plain(String version) {
            return version.startsWith("v") ? version.substring(1) : version;
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
    public List<Evidence> look(With with, CheckContext context) {
        String name = HelmRelease.named(with.release(), context);
        Evidence evidence = HelmRelease.find(name, context)
                .map(found -> context.judged(
                        with.isMetBy(found),
                        found.toString(),
                        with.expected(),
                        "chart " + found.chart() + ", version " + found.chartVersion() + ", " + found.status()))
                .orElseGet(() -> context.judged(
                        with.status().equals(ABSENT), "Helm release " + name, with.expected(), "no record of it"));
        return List.of(evidence);
    }
}
