package io.upstep.executor.run;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.upstep.event.AttemptId;
import io.upstep.event.Installation;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;

/** Leases as {@code coordination.k8s.io} objects in the installation's own namespace, changed only from a known version. */
@ApplicationScoped
public class KubernetesLeases implements Leases {
    private final Clock clock;

    public KubernetesLeases(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Claim claim(
            KubernetesClient client, Installation installation, AttemptId attempt, String worker, Duration duration) {
        while (true) {
            Lease seen = client.leases()
                    .inNamespace(installation.namespace())
                    .withName(LeaseObject.name(installation))
                    .get();
            if (seen != null) {
                Holder holder = LeaseObject.holder(seen);
                if (holder.epoch() >= attempt.epoch() && !holder.is(attempt, worker)) {
                    return holder.is(attempt) ? new Claim.Known(holder) : new Claim.Superseded(holder);
                }
            }
            Lease wanted = seen == null
                    ? LeaseObject.create(installation, attempt, worker, duration, clock.instant())
                    : LeaseObject.taken(seen, installation, attempt, worker, duration, clock.instant());
            try {
                Lease written = seen == null
                        ? client.resource(wanted).create()
                        : client.resource(wanted).update();
                return new Claim.Held(new KubernetesLease(client, written, attempt, worker, clock));
            } catch (KubernetesClientException e) {
                // Somebody else was faster: look again, their epoch decides.
                if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                    throw e;
                }
            }
        }
    }
}
