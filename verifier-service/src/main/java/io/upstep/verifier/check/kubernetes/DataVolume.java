package io.upstep.verifier.check.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.upstep.verifier.cluster.KubeObject;

/**
 * One volume of a workload's pods.
 *
 * @param kind the field that says what it is, for example emptyDir
 * @param claim the claim's name; for a claim made from a template, that of the first pod
 * @param maker whether and how a StatefulSet has made the claim
 */
record DataVolume(String name, String kind, String claim, Maker maker) {
    static final String CLAIM = "persistentVolumeClaim";
    static final String EMPTY = "emptyDir";

    /** Who has made a claim. */
    enum Maker {
        SOMEBODY,
        /** A StatefulSet, from a template, to be kept when it is deleted itself. */
        STATEFUL_SET,
        /** A StatefulSet that takes its claims along when it is deleted. */
        JEALOUS_STATEFUL_SET
    }

    static DataVolume of(JsonNode volume) {
        String kind = EMPTY;
        var fields = volume.fieldNames();
        while (fields.hasNext()) {
            String field = fields.next();
            if (!field.equals("name") && !volume.path(field).isNull()) {
                kind = field;
            }
        }
        return new DataVolume(
                volume.path("name").asText(),
                kind,
                volume.at("/persistentVolumeClaim/claimName").asText(null),
                Maker.SOMEBODY);
    }

    static DataVolume ofTemplate(JsonNode template, KubeObject workload) {
        String name = template.at("/metadata/name").asText();
        boolean jealous = "Delete".equals(workload.text("/spec/persistentVolumeClaimRetentionPolicy/whenDeleted"));
        return new DataVolume(
                name,
                CLAIM,
                name + "-" + workload.name() + "-0",
                jealous ? Maker.JEALOUS_STATEFUL_SET : Maker.STATEFUL_SET);
    }

    boolean isPersistent() {
        return kind.equals(CLAIM) || kind.equals("hostPath");
    }

    Survival survival(ClaimSurvival claims) {
        String where = "volume " + name;
        return switch (kind) {
            case CLAIM -> claims.of(this, where);
            case EMPTY, "hostPath" -> new Survival(kind, where);
            default -> new Survival("other:" + kind, where);
        };
    }
}
