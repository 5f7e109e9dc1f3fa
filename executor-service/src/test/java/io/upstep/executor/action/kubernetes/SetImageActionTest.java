package io.upstep.executor.action.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.upstep.event.Outcome;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SetImageActionTest extends ActionTestBase {
    private static final String TO_2 = "{name: web, image: shop/, tag: '2.0'}";
    private final SetImageAction action = new SetImageAction();

    @Test
    void shouldSetTheTagAndLeaveOthersAloneWhenTheImageMatches() {
        cluster.deploy("web", "registry.example:5000/shop/web:1.0", 1);
        cluster.deploy("cache", "registry.example:5000/other/cache:1.0", 1);
        run(action, first, "{selector: 'app in (web,cache)', image: 'registry.example:5000/shop/', tag: '2.0'}");

        assertThat(cluster.image("web")).isEqualTo("registry.example:5000/shop/web:2.0");
        assertThat(cluster.image("cache")).isEqualTo("registry.example:5000/other/cache:1.0");
    }

    @Test
    void shouldMarkTheObjectButNotItsPodsWhenItWrites() {
        cluster.deploy("web", "shop/web:1.0", 1);
        run(action, first, TO_2);

        Deployment web = cluster.deployment("web");
        assertThat(web.getMetadata().getAnnotations()).containsEntry("upstep.io/epoch", "5");
        assertThat(web.getSpec().getTemplate().getMetadata().getAnnotations()).isNullOrEmpty();
    }

    @Test
    void shouldWriteNothingWhenTheTagIsThereAlready() {
        cluster.deploy("web", "shop/web:2.0", 1);
        long before = cluster.deployment("web").getMetadata().getGeneration();

        assertThat(run(action, first, TO_2).summary()).isEqualTo("set to 2.0 already: Deployment web");
        assertThat(cluster.deployment("web").getMetadata().getGeneration()).isEqualTo(before);
    }

    @Test
    void shouldFailWhenNoImageMatches() {
        cluster.deploy("web", "other/web:1.0", 1);

        assertThat(failure(action, first, TO_2).code()).isEqualTo("image-matches-nothing");
    }

    @Test
    void shouldShowTheDifferenceAndChangeNothingWhenItOnlyPreviews() {
        cluster.deploy("web", "shop/web:1.0", 1);
        Outcome.Succeeded preview = preview(action, first, TO_2);

        assertThat(diff(preview))
                .contains("image: shop/web:1.0", "image: shop/web:2.0")
                .doesNotContain("hunter2");
        assertThat(cluster.image("web")).isEqualTo("shop/web:1.0");
    }

    @Test
    void shouldReadAgainAndWriteWhenSomebodyElseWasFaster() {
        cluster.deploy("web", "shop/web:1.0", 1);
        AtomicInteger writes = new AtomicInteger();
        first.beforeWrite(() -> {
            if (writes.incrementAndGet() == 1) {
                cluster.touch("web", "faster");
            }
        });
        run(action, first, TO_2);

        assertThat(cluster.image("web")).isEqualTo("shop/web:2.0");
        assertThat(cluster.deployment("web").getMetadata().getAnnotations()).containsEntry("faster", "1");
    }

    @Test
    void shouldGiveUpWithTheConflictWhenSomebodyElseAlwaysIsFaster() {
        cluster.deploy("web", "shop/web:1.0", 1);
        AtomicInteger writes = new AtomicInteger();
        first.beforeWrite(() -> cluster.touch("web", "faster-" + writes.incrementAndGet()));

        assertThatThrownBy(() -> run(action, first, TO_2))
                .isInstanceOfSatisfying(KubernetesClientException.class, e -> assertThat(e.getCode())
                        .isEqualTo(409));
        assertThat(cluster.image("web")).isEqualTo("shop/web:1.0");
    }

    @Test
    void shouldNotWriteWhenANewerAttemptWritesInTheLastMoment() {
        cluster.deploy("web", "shop/web:1.0", 1);
        first.beforeWrite(() -> run(action, new FakeContext(cluster, 2, 6), "{name: web, tag: '3.0'}"));

        assertThat(failure(action, first, TO_2).code()).isEqualTo("fenced");
        assertThat(cluster.image("web")).isEqualTo("shop/web:3.0");
    }
}
