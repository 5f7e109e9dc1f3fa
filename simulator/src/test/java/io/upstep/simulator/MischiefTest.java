package io.upstep.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MischiefTest {
    private final SimulatedCluster cluster = SimulatedCluster.start(Options.named("local"));
    private final KubernetesClient client = onlyOnce();

    @AfterEach
    void stop() {
        client.close();
        cluster.close();
    }

    @Test
    void shouldFailAsOftenAsToldWithTheStatusTold() {
        cluster.knobs().failNext(2, 429);

        assertThat(code(this::create)).isEqualTo(429);
        assertThat(code(this::list)).isEqualTo(429);
        assertThatCode(this::create).doesNotThrowAnyException();
    }

    @Test
    void shouldFailOnlyWhatIsChosen() {
        cluster.knobs().failNext(1, 500, RequestLog.Entry::isWrite);

        assertThatCode(this::list).doesNotThrowAnyException();
        assertThat(code(this::create)).isEqualTo(500);
    }

    @Test
    void shouldNotApplyWhatIsLostBefore() {
        cluster.knobs().mischief(1, Mischief.none().withLostBefore(1).withSilence(Duration.ofMillis(20)));

        assertThatThrownBy(this::create).isInstanceOf(KubernetesClientException.class);
        cluster.knobs().calm();

        assertThat(exists()).isFalse();
        assertThat(cluster.knobs().mischiefDone().lostBefore()).isEqualTo(1);
    }

    @Test
    void shouldApplyWhatIsLostAfterAndStillNotAnswer() {
        cluster.knobs().mischief(1, Mischief.none().withLostAfter(1).withSilence(Duration.ofMillis(20)));

        assertThatThrownBy(this::create).isInstanceOf(KubernetesClientException.class);
        cluster.knobs().calm();

        assertThat(exists()).isTrue();
        assertThat(cluster.knobs().mischiefDone().lostAfter()).isEqualTo(1);
    }

    @Test
    void shouldConflictOnlyWithUpdates() {
        create();
        cluster.knobs().mischief(1, Mischief.none().withConflicts(1));

        assertThatCode(this::list).doesNotThrowAnyException();
        assertThat(code(() -> client.resource(Marked.settings(7)).update())).isEqualTo(409);
        assertThat(cluster.knobs().mischiefDone().conflicts()).isEqualTo(1);
        assertThat(cluster.knobs().mischiefDone().faults()).isEqualTo(1);
    }

    @Test
    void shouldDoTheSameAgainWhenTheSeedIsTheSame() {
        List<Boolean> first = fates(42);

        assertThat(fates(42)).isEqualTo(first);
        assertThat(first).contains(true, false);
        assertThat(fates(43)).isNotEqualTo(first);
    }

    @Test
    void shouldCountWhatItDid() {
        List<Boolean> fates = fates(42);

        Mischief.Done done = cluster.knobs().mischiefDone();
        assertThat(done.requests()).isEqualTo(fates.size());
        assertThat(done.faults()).isEqualTo(done.unavailable());
        assertThat(done.unavailable())
                .isEqualTo((int) fates.stream().filter(failed -> failed).count());
    }

    @Test
    void shouldLeaveTheOthersAloneWhenItHasVictims() {
        cluster.knobs().mischief(1, Mischief.none().withUnavailable(1), RequestLog.Entry::isWrite);

        assertThatCode(this::list).doesNotThrowAnyException();
        assertThat(code(this::create)).isEqualTo(503);
    }

    @Test
    void shouldRefuseSharesThatAreMoreThanAll() {
        assertThatThrownBy(() -> Mischief.none().withConflicts(0.6).withUnavailable(0.6))
                .hasMessageContaining("at most 1 together");
    }

    private List<Boolean> fates(long seed) {
        cluster.knobs().mischief(seed, Mischief.none().withUnavailable(0.5));
        List<Boolean> failed = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            failed.add(catchThrowable(this::list) != null);
        }
        cluster.knobs().calm();
        return failed;
    }

    private void create() {
        client.resource(Marked.settings(7)).create();
    }

    private void list() {
        client.namespaces().list();
    }

    private boolean exists() {
        return client.configMaps()
                        .inNamespace(Marked.NAMESPACE)
                        .withName("settings")
                        .get()
                != null;
    }

    private static int code(Runnable request) {
        return ((KubernetesClientException) catchThrowable(request::run)).getCode();
    }

    /** A client that does not try again by itself. */
    private KubernetesClient onlyOnce() {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(Config.fromKubeconfig(cluster.kubeconfig()))
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build();
    }
}
