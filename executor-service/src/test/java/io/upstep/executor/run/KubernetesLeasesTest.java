package io.upstep.executor.run;

import static io.upstep.executor.run.Requests.attempt;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.upstep.event.AttemptId;
import io.upstep.executor.TestCluster;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KubernetesLeasesTest {
    private TestCluster cluster;
    private final MovableClock clock = new MovableClock();
    private final Leases leases = new KubernetesLeases(clock);

    @BeforeEach
    void start() {
        cluster = new TestCluster();
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void shouldWriteDownWhoHasItWhenClaimed() {
        held(attempt(1, 7), "a");

        Lease lease = read();
        assertThat(lease.getSpec().getHolderIdentity()).isEqualTo("a");
        assertThat(lease.getSpec().getLeaseDurationSeconds()).isEqualTo(30);
        assertThat(lease.getMetadata().getAnnotations())
                .containsEntry("upstep.io/plan", "plan-1")
                .containsEntry("upstep.io/step", "step-1")
                .containsEntry("upstep.io/attempt", "1")
                .containsEntry("upstep.io/epoch", "7");
    }

    @Test
    void shouldCountAsAliveForAtLeastTheLimitWhenItIsNoWholeNumberOfSeconds() {
        claim(leases, attempt(1, 1), "a", Duration.ofMillis(2_500));

        assertThat(read().getSpec().getLeaseDurationSeconds()).isEqualTo(3);
    }

    @Test
    void shouldLetTheHigherEpochInWhenTheHolderIsAlive() {
        Leases.InstallationLease older = held(attempt(1, 1), "a");
        Leases.InstallationLease newer = held(attempt(2, 2), "b");

        assertThat(older.verify().held()).isFalse();
        assertThat(older.renew().reason())
                .contains("attempt 2")
                .contains("epoch 2")
                .contains("b");
        assertThat(newer.renew().held()).isTrue();
    }

    @Test
    void shouldKeepTheLowerEpochOutWhenTheHolderIsDead() {
        held(attempt(2, 2), "a");
        clock.jump(Duration.ofHours(1));

        assertThat(claim(attempt(1, 1), "b")).isInstanceOf(Leases.Claim.Superseded.class);
    }

    @Test
    void shouldKnowTheAttemptWhenAnotherWorkerHasOrHadIt() {
        Leases.InstallationLease lease = held(attempt(1, 1), "a");
        assertThat(claim(attempt(1, 1), "b")).isInstanceOf(Leases.Claim.Known.class);

        lease.release();
        assertThat(claim(attempt(1, 1), "b")).isInstanceOf(Leases.Claim.Known.class);
    }

    @Test
    void shouldGoOnWhenTheSameWorkerClaimsAgain() {
        held(attempt(1, 1), "a");

        assertThat(claim(attempt(1, 1), "a")).isInstanceOf(Leases.Claim.Held.class);
    }

    @Test
    void shouldNotBringItBackWhenReleasedAfterANewerAttemptTookIt() {
        Leases.InstallationLease older = held(attempt(1, 1), "a");
        held(attempt(2, 2), "b");
        older.release();

        assertThat(read().getSpec().getHolderIdentity()).isEqualTo("b");
    }

    @Test
    void shouldWriteItAgainWhenSomebodyDeletedIt() {
        Leases.InstallationLease lease = held(attempt(1, 5), "a");
        cluster.client()
                .leases()
                .inNamespace(cluster.namespace())
                .withName("upstep-web")
                .delete();

        assertThat(lease.verify().held()).isTrue();
        assertThat(claim(attempt(1, 4), "b")).isInstanceOf(Leases.Claim.Superseded.class);
    }

    @Test
    void shouldTakeItBackWhenAnOlderAttemptMadeItAnew() {
        Leases.InstallationLease older = held(attempt(1, 1), "a");
        Leases.InstallationLease newer = held(attempt(2, 2), "b");
        cluster.client()
                .leases()
                .inNamespace(cluster.namespace())
                .withName("upstep-web")
                .delete();
        older.renew();

        assertThat(newer.verify().held()).isTrue();
        assertThat(older.verify().held()).isFalse();
    }

    @Test
    void shouldFollowOnItsOwnLeaseWhenItsNextAttemptComes() {
        held(attempt(1, 1), "a").release();
        held(attempt(2, 2), "a").release();

        assertThat(read().getMetadata().getAnnotations()).containsEntry("upstep.io/epoch", "2");
    }

    @Test
    void shouldLookAgainWhenAnotherProcessChangedTheLeaseItRemembers() {
        held(attempt(1, 1), "a").release();
        Leases other = new KubernetesLeases(clock);
        claim(other, attempt(5, 5), "b", Duration.ofSeconds(30));

        assertThat(claim(attempt(2, 2), "a")).isInstanceOf(Leases.Claim.Superseded.class);
        assertThat(claim(attempt(6, 6), "a")).isInstanceOf(Leases.Claim.Held.class);
    }

    @Test
    void shouldStillHoldWhenSomebodyElseTouchedTheObject() {
        Leases.InstallationLease lease = held(attempt(1, 1), "a");
        cluster.client()
                .leases()
                .inNamespace(cluster.namespace())
                .withName("upstep-web")
                .edit(l -> {
                    l.getMetadata().getLabels().put("touched", "true");
                    return l;
                });

        assertThat(lease.renew().held()).isTrue();
    }

    private Leases.InstallationLease held(AttemptId attempt, String worker) {
        return ((Leases.Claim.Held) claim(attempt, worker)).lease();
    }

    private Leases.Claim claim(AttemptId attempt, String worker) {
        return claim(leases, attempt, worker, Duration.ofSeconds(30));
    }

    private Leases.Claim claim(Leases by, AttemptId attempt, String worker, Duration duration) {
        return by.claim(
                cluster.client(),
                new Leases.Bid(Requests.in(cluster.namespace()).installation(), attempt, null, null, worker, duration));
    }

    private Lease read() {
        return cluster.client()
                .leases()
                .inNamespace(cluster.namespace())
                .withName("upstep-web")
                .get();
    }
}
