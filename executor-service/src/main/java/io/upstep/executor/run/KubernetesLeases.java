package io.upstep.executor.run;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.upstep.event.AttemptId;
import io.upstep.event.Installation;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Leases as {@code coordination.k8s.io} objects in the installation's own namespace, changed only from a known version. */
@ApplicationScoped
public class KubernetesLeases implements Leases {
    private static final int REMEMBERED = 5_000;

    private final Clock clock;
    // As this process left them. The next step of a plan mostly comes here too, and then need not read what is known.
    private final Map<Installation, Lease> left = Collections.synchronizedMap(new Recent());

    public KubernetesLeases(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Claim claim(KubernetesClient client, Bid bid) {
        Installation installation = bid.installation();
        Optional<Lease> seen = Optional.ofNullable(left.remove(installation))
                // What is remembered may let in, and is then compared; it never keeps out.
                .filter(lease -> refusal(lease, bid).isEmpty())
                .or(() -> read(client, installation));
        while (true) {
            Optional<Claim> refused = seen.flatMap(lease -> refusal(lease, bid));
            if (refused.isPresent()) {
                return refused.get();
            }
            try {
                Lease written = take(client, seen, bid);
                return new Claim.Held(
                        new KubernetesLease(client, written, bid, clock, last -> left.put(installation, last)));
            } catch (KubernetesClientException e) {
                // Somebody else was faster, or what is remembered is no longer so: look, the epoch there decides.
                boolean stale = seen.isPresent() && e.getCode() == HttpURLConnection.HTTP_NOT_FOUND;
                if (e.getCode() != HttpURLConnection.HTTP_CONFLICT && !stale) {
                    throw e;
                }
            }
            seen = read(client, installation);
        }
    }

    private static Optional<Lease> read(KubernetesClient client, Installation installation) {
        return Optional.ofNullable(client.leases()
                .inNamespace(installation.namespace())
                .withName(LeaseObject.name(installation))
                .get());
    }

    private static Optional<Claim> refusal(Lease lease, Bid bid) {
        Holder holder = LeaseObject.holder(lease);
        if (holder.is(bid.attempt())) {
            return holder.is(bid.attempt(), bid.worker()) ? Optional.empty() : Optional.of(new Claim.Known(holder));
        }
        boolean adopted = LeaseObject.wasTakenFrom(lease, bid.attempt().planId());
        if (adopted || holder.bars(bid)) {
            return Optional.of(new Claim.Foreign(holder, adopted));
        }
        return holder.epoch() < bid.attempt().epoch() ? Optional.empty() : Optional.of(new Claim.Superseded(holder));
    }

    private Lease take(KubernetesClient client, Optional<Lease> seen, Bid bid) {
        return seen.isEmpty()
                ? client.resource(LeaseObject.create(bid, clock.instant())).create()
                : client.resource(LeaseObject.taken(seen.get(), bid, clock.instant()))
                        .update();
    }

    @Override
    public Standing standing(KubernetesClient client, Installation installation, AttemptId attempt) {
        return read(client, installation)
                .map(LeaseObject::holder)
                .map(holder -> holder.is(attempt) ? Standing.YES : Standing.lost(holder))
                .orElseGet(() -> new Standing(false, "the installation's lease is gone"));
    }

    @Override
    public void end(KubernetesClient client, PlanEnd end) {
        left.remove(end.installation());
        for (Optional<Lease> seen = kept(client, end); seen.isPresent(); seen = kept(client, end)) {
            try {
                client.resource(LeaseObject.ended(seen.get(), clock.instant())).update();
                return;
            } catch (KubernetesClientException e) {
                // Somebody else has written it meanwhile: look whether it still is that plan's.
                if (e.getCode() != HttpURLConnection.HTTP_CONFLICT && e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                    throw e;
                }
            }
        }
    }

    private static Optional<Lease> kept(KubernetesClient client, PlanEnd end) {
        return read(client, end.installation()).filter(lease -> {
            Holder holder = LeaseObject.holder(lease);
            return holder.isOfPlan(end.planId())
                    && holder.isOfPlanner(end.planner())
                    && holder.epoch() <= end.epoch()
                    && !holder.ended();
        });
    }

    private static final class Recent extends LinkedHashMap<Installation, Lease> {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Installation, Lease> eldest) {
            return size() > REMEMBERED;
        }
    }
}
