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
    public Claim claim(
            KubernetesClient client, Installation installation, AttemptId attempt, String worker, Duration duration) {
        Optional<Lease> seen = Optional.ofNullable(left.remove(installation))
                .filter(lease -> LeaseObject.holder(lease).epoch() < attempt.epoch())
                .or(() -> read(client, installation));
        while (true) {
            Optional<Claim> refused = seen.map(LeaseObject::holder)
                    .filter(holder -> holder.epoch() >= attempt.epoch() && !holder.is(attempt, worker))
                    .map(holder -> holder.is(attempt) ? new Claim.Known(holder) : new Claim.Superseded(holder));
            if (refused.isPresent()) {
                return refused.get();
            }
            try {
                Lease written = take(client, seen, installation, attempt, worker, duration);
                return new Claim.Held(new KubernetesLease(
                        client, written, attempt, worker, clock, last -> left.put(installation, last)));
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

    private Lease take(
            KubernetesClient client,
            Optional<Lease> seen,
            Installation installation,
            AttemptId attempt,
            String worker,
            Duration duration) {
        if (seen.isEmpty()) {
            return client.resource(LeaseObject.create(installation, attempt, worker, duration, clock.instant()))
                    .create();
        }
        return client.resource(LeaseObject.taken(seen.get(), installation, attempt, worker, duration, clock.instant()))
                .update();
    }

    private static final class Recent extends LinkedHashMap<Installation, Lease> {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Installation, Lease> eldest) {
            return size() > REMEMBERED;
        }
    }
}
