package io.upstep.executor.run;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.upstep.event.Installation;
import io.upstep.executor.action.Marks;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How a holder is written down as a Kubernetes Lease. */
final class LeaseObject {
    private static final int ADOPTED_KEPT = 20;

    private LeaseObject() {}

    static String name(Installation installation) {
        return Marks.lease(installation.release());
    }

    static Lease create(Leases.Bid bid, Instant now) {
        Installation installation = bid.installation();
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
        return taken(bare, bid, now);
    }

    /** The same object, resource version included, with another holder. */
    static Lease taken(Lease lease, Leases.Bid bid, Instant now) {
        LeaseSpec before = lease.getSpec() == null ? new LeaseSpec() : lease.getSpec();
        int transitions = before.getLeaseTransitions() == null ? 0 : before.getLeaseTransitions();
        return new LeaseBuilder(lease)
                .editMetadata()
                .withAnnotations(annotations(lease, bid))
                .endMetadata()
                .editOrNewSpec()
                .withHolderIdentity(bid.worker())
                .withAcquireTime(time(now))
                .withRenewTime(time(now))
                .withLeaseDurationSeconds(seconds(bid.duration()))
                .withLeaseTransitions(transitions + 1)
                .endSpec()
                .build();
    }

    private static Map<String, String> annotations(Lease lease, Leases.Bid bid) {
        Map<String, String> annotations = new LinkedHashMap<>(marks(lease));
        if (annotations.remove(Marks.ENDED) != null) {
            annotations.remove(Marks.PLANNER);
        }
        annotations.putAll(Marks.of(bid.installation(), bid.attempt()));
        if (bid.planner() != null) {
            annotations.put(Marks.PLANNER, bid.planner());
        }
        Holder before = holder(lease);
        // One that was over, too: its Upstep could still roll it back, over what this one is about to do.
        if (before.planId() != null && !before.isOfPlanner(bid.planner())) {
            annotations.put(Marks.ADOPTED, adopted(lease, before.planId()));
        }
        return annotations;
    }

    /** Whether another Upstep's plan has had the installation after this one, which it adopted or which was over. */
    static boolean wasTakenFrom(Lease lease, String planId) {
        return adopted(lease).contains(planId);
    }

    private static List<String> adopted(Lease lease) {
        return List.of(marks(lease).getOrDefault(Marks.ADOPTED, "").split(" "));
    }

    /** The latest are enough: an older one's Upstep has been gone for many changes of hands. */
    private static String adopted(Lease lease, String planId) {
        List<String> all = new ArrayList<>(adopted(lease));
        all.removeIf(id -> id.isEmpty() || id.equals(planId));
        all.add(planId);
        return String.join(" ", all.subList(Math.max(0, all.size() - ADOPTED_KEPT), all.size()));
    }

    /** Rounded up: whoever looks at the lease must not take the holder for dead earlier than the planner does. */
    private static int seconds(Duration duration) {
        return (int) Math.max(1, duration.plusSeconds(1).minusNanos(1).toSeconds());
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

    /** Let go of for good; the epoch stays, so that nothing older comes in. */
    static Lease ended(Lease lease, Instant now) {
        return new LeaseBuilder(released(lease, now))
                .editMetadata()
                .addToAnnotations(Marks.ENDED, "true")
                .endMetadata()
                .build();
    }

    private static Map<String, String> marks(Lease lease) {
        Map<String, String> marks = lease.getMetadata().getAnnotations();
        return marks == null ? Map.of() : marks;
    }

    static Holder holder(Lease lease) {
        Map<String, String> marks = marks(lease);
        LeaseSpec spec = lease.getSpec() == null ? new LeaseSpec() : lease.getSpec();
        return new Holder(
                spec.getHolderIdentity(),
                marks.get(Marks.PLAN),
                marks.get(Marks.STEP),
                (int) Marks.epoch(marks.get(Marks.ATTEMPT)),
                Marks.epoch(marks.get(Marks.EPOCH)),
                marks.get(Marks.PLANNER),
                spec.getAcquireTime() == null
                        ? Instant.EPOCH
                        : spec.getAcquireTime().toInstant(),
                until(spec),
                Boolean.parseBoolean(marks.get(Marks.ENDED)));
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
