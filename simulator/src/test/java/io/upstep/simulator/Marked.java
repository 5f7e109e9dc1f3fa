package io.upstep.simulator;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import java.util.Map;

/** Objects as Upstep writes them. */
final class Marked {
    static final String NAMESPACE = "default";
    static final String RELEASE = "shop";

    private Marked() {}

    static Map<String, String> marks(String release, String epoch) {
        return Map.of(
                "upstep.io/release",
                release,
                "upstep.io/plan",
                "plan-1",
                "upstep.io/step",
                "scale",
                "upstep.io/epoch",
                epoch);
    }

    static Lease lease(long epoch) {
        return new LeaseBuilder()
                .withNewMetadata()
                .withName("upstep-" + RELEASE)
                .withNamespace(NAMESPACE)
                .addToLabels("app.kubernetes.io/managed-by", "upstep")
                .addToAnnotations(marks(RELEASE, Long.toString(epoch)))
                .addToAnnotations("upstep.io/planner", "planner-1")
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity("executor-1")
                .endSpec()
                .build();
    }

    static ConfigMap settings(long epoch) {
        return settings(RELEASE, Long.toString(epoch));
    }

    static ConfigMap settings(String release, String epoch) {
        return new ConfigMapBuilder(plain())
                .editMetadata()
                .addToAnnotations(marks(release, epoch))
                .endMetadata()
                .build();
    }

    static ConfigMap plain() {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName("settings")
                .withNamespace(NAMESPACE)
                .endMetadata()
                .build();
    }
}
