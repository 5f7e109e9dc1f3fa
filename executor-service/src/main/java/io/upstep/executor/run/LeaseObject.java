package io.upstep.executor.run;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.upstep.event.AttemptId;
import io.upstep.event.Installation;
import io.upstep.executor.action.Marks;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Map;

/** How a holder is written down as a Kubernetes Lease. */
final class LeaseObject {
    private LeaseObject() {}

    static String name(Installation installation) {
        return "upstep-" + installation.release();
    }

    static Lease create(Installation installation, AttemptId attempt, String worker, Duration duration, Instant now) {
        Lease bare = new LeaseBuilder()
                .withNewMetadata()
                .withName(name(installation))
                .withNamespace(installation.namespace())
                .addToLabels("app.kubernetes.io/managed-by", "upstep")
                .endMetadata()
                .withNewSpec()
                .withLeaseTransitions(0)
                .endSpec()
                .build();
        return taken(bare, installation, attempt, worker, duration, now);
    }

    /** The same object, resource version included, with another holder. */
    static Lease taken(
            Lease lease, Installation installation, AttemptId attempt, String worker, Duration duration, Instant now) {
        LeaseSpec before = lease.getSpec() == null ? new LeaseSpec() : lease.getSpec();
        int transitions = before.getLeaseTransitions() == null ? 0 : before.getLeaseTransitions();
        return new LeaseBuilder(lease)
                .editMetadata()
                .addToAnnotations(Marks.of(installation, attempt))
                .addToAnnotations(Marks.ATTEMPT, Integer.toString(attempt.attempt()))
                .endMetadata()
                .editOrNewSpec()
                .withHolderIdentity(worker)
                .withAcquireTime(time(now))
                .withRenewTime(time(now))
                .withLeaseDurationSeconds((int) Math.max(1, duration.toSeconds()))
                .withLeaseTransitions(transitions + 1)
                .endSpec()
                .build();
    }

    static Lease renewed(Lease lease, Instant now) {
        return new LeaseBuilder(lease)
                .editSpec()
                .withRenewTime(time(now))
                .endSpec()
                .build();
    }

    static Lease released(Lease lease, Instant now) {
        return new LeaseBuilder(lease)
                .editSpec()
                .withHolderIdentity(null)
                .withRenewTime(time(now))
                .endSpec()
                .build();
    }

    static Holder holder(Lease lease) {
        Map<String, String> marks = lease.getMetadata().getAnnotations();
        marks = marks == null ? Map.of() : marks;
        LeaseSpec spec = lease.getSpec() == null ? new LeaseSpec() : lease.getSpec();
        return new Holder(
                spec.getHolderIdentity(),
                marks.get(Marks.PLAN),
                marks.get(Marks.STEP),
                (int) Marks.epoch(marks.get(Marks.ATTEMPT)),
                Marks.epoch(marks.get(Marks.EPOCH)),
                until(spec));
    }

    private static Instant until(LeaseSpec spec) {
        if (spec.getRenewTime() == null || spec.getLeaseDurationSeconds() == null) {
            return Instant.EPOCH;
        }
        return spec.getRenewTime().toInstant().plusSeconds(spec.getLeaseDurationSeconds());
    }

    private static ZonedDateTime time(Instant instant) {
        return instant.atZone(ZoneOffset.UTC);
    }
}
