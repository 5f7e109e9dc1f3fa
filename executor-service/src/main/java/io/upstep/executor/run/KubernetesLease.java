package io.upstep.executor.run;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.upstep.event.AttemptId;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** One attempt's hold on its installation. */
final class KubernetesLease implements Leases.InstallationLease {
    private static final Logger LOG = Logger.getLogger(KubernetesLease.class);

    private final KubernetesClient client;
    private final AttemptId attempt;
    private final String worker;
    private final Clock clock;
    // Heartbeat and action both come here; one version of the object must follow the other.
    private final ReentrantLock lock = new ReentrantLock();
    private final Consumer<Lease> onRelease;
    private Lease known;

    KubernetesLease(KubernetesClient client, Lease known, Leases.Bid bid, Clock clock, Consumer<Lease> onRelease) {
        this.onRelease = onRelease;
        this.client = client;
        this.known = known;
        this.attempt = bid.attempt();
        this.worker = bid.worker();
        this.clock = clock;
    }

    @Override
    public Leases.Standing renew() {
        lock.lock();
        try {
            return write(LeaseObject.renewed(known, clock.instant()));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Leases.Standing verify() {
        Lease now = client.resource(known).get();
        // Deleted by somebody, or then made anew by an older attempt: writing it again tells whether it still is ours.
        return now == null || isOlder(now) ? renew() : judged(now);
    }

    @Override
    public void release() {
        lock.lock();
        try {
            if (write(LeaseObject.released(known, clock.instant())).held()) {
                onRelease.accept(known);
            }
        } catch (KubernetesClientException e) {
            LOG.infof("Could not let go of the lease of %s, it will run out: %s", attempt, e.getMessage());
        } finally {
            lock.unlock();
        }
    }

    private Leases.Standing write(Lease wanted) {
        Lease next = wanted;
        while (true) {
            try {
                known = next.getMetadata().getResourceVersion() == null
                        ? client.resource(next).create()
                        : client.resource(next).update();
                return Leases.Standing.YES;
            } catch (KubernetesClientException e) {
                if (e.getCode() != HttpURLConnection.HTTP_CONFLICT && e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                    throw e;
                }
            }
            Lease now = client.resource(known).get();
            if (now != null && !isOlder(now) && !judged(now).held()) {
                return judged(now);
            }
            next = based(wanted, now);
        }
    }

    /** The wanted content on top of the version that is there now, or of none. */
    private static Lease based(Lease wanted, Lease now) {
        return new LeaseBuilder(wanted)
                .editMetadata()
                .withResourceVersion(now == null ? null : now.getMetadata().getResourceVersion())
                .withUid(now == null ? null : now.getMetadata().getUid())
                .endMetadata()
                .build();
    }

    private boolean isOlder(Lease now) {
        return LeaseObject.holder(now).epoch() < attempt.epoch();
    }

    private Leases.Standing judged(Lease now) {
        Holder holder = LeaseObject.holder(now);
        return holder.is(attempt, worker) ? Leases.Standing.YES : Leases.Standing.lost(holder);
    }
}
