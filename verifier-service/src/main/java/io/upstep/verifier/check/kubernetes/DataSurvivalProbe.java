package io.upstep.verifier.check.kubernetes;

import com.fasterxml.jackson.databind.node.TextNode;
import io.upstep.event.Fact;
import io.upstep.verifier.check.CheckContext;
import io.upstep.verifier.check.Probe;
import io.upstep.verifier.cluster.KubeObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * What becomes of a workload's data when its Helm release is uninstalled. An annotation on the live claim counts for nothing,
 * because Helm looks at its stored manifest alone.
 */
@ApplicationScoped
public class DataSurvivalProbe implements Probe<DataSurvivalProbe.With> {

    /**
     * @param volume its name; if not said, the one mounted where data usually is
     * @param release the installation's own if not said
     */
    public record With(String kind, String name, String volume, String release) {
        public With {
            new Target(kind, null, name, null);
            if (name == null) {
                throw new IllegalArgumentException("expected the 'name' of the " + kind);
            }
        }
    }

    @Override
    public String name() {
        return "kubernetes.data-survival";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    public Fact observe(With with, CheckContext context) {
        Target target = new Target(with.kind(), null, with.name(), null);
        List<KubeObject> found = target.find(context);
        return found.isEmpty()
                ? Fact.known(TextNode.valueOf("none"), "no " + target + " in " + context.namespace())
                : observe(with, found.get(0), context);
    }

    private static Fact observe(With with, KubeObject workload, CheckContext context) {
        DataVolumes volumes = DataVolumes.of(workload);
        List<DataVolume> meant = volumes.meant(with.volume());
        if (meant.isEmpty()) {
            return with.volume() == null
                    ? Fact.known(TextNode.valueOf("other:container"), workload + " has no volume for data")
                    : Fact.unknown(workload + " has no volume " + with.volume() + ", only " + volumes.names());
        }
        ClaimSurvival claims = new ClaimSurvival(with.release(), context);
        List<Survival> answers =
                meant.stream().map(volume -> volume.survival(claims)).toList();
        if (answers.stream().map(Survival::word).distinct().count() > 1) {
            return Fact.unknown(
                    workload + " has several volumes, which end differently: " + answers + "; name one with 'volume'");
        }
        Survival answer = answers.get(0);
        return answer.isKnown()
                ? Fact.known(TextNode.valueOf(answer.word()), workload + ", " + answer.why())
                : Fact.unknown(workload + ", " + answer.why());
    }
}
