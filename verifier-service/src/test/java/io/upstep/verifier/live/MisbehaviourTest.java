package io.upstep.verifier.live;

import static io.upstep.verifier.Patiently.SOON;
import static io.upstep.verifier.Patiently.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.upstep.event.Evidence;
import io.upstep.event.Fact;
import io.upstep.event.Verdict;
import io.upstep.simulator.Outage;
import io.upstep.simulator.RequestLog;
import io.upstep.simulator.controller.Behaviour;
import io.upstep.simulator.controller.Lie;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A Polyaxon installation on a simulated cluster that lies, breaks or goes away. */
class MisbehaviourTest {
    private static final String ROLLOUT = "kubernetes.rollout-complete";
    private static final String API = "polyaxon-polyaxon-api";
    private static final String NEXT = "polyaxon/polyaxon-api:1.20.0";

    private final LiveCluster cluster =
            LiveCluster.polyaxon("patience", "1s", "request-timeout", "1s", "observation-patience", "10s");
    private final List<Evidence> seen = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void shouldNotBelieveAStatusThatStaysAsItWas() {
        cluster.simulated().knobs().lie("polyaxon", API, Lie.STALE_STATUS);
        upgrade(NEXT);

        CompletableFuture<Verdict> verdict = rollout(Duration.ofSeconds(4));

        assertThat(verdict).succeedsWithin(SOON).isInstanceOf(Verdict.Failed.class);
        assertThat(verdict.join().summary()).contains("its status is of generation");
    }

    @Test
    void shouldNotBelieveAStatusThatIsReadyTooSoon() {
        cluster.simulated().knobs().image(NEXT, Behaviour.NEVER_READY);
        cluster.simulated().knobs().lie("polyaxon", API, Lie.READY_TOO_SOON);
        upgrade(NEXT);

        CompletableFuture<Verdict> verdict = rollout(Duration.ofSeconds(4));

        assertThat(verdict).succeedsWithin(SOON).isInstanceOf(Verdict.Failed.class);
        assertThat(verdict.join().summary()).contains("not ready");
    }

    @Test
    void shouldSeeAnOldPodThatTheStatusDoesNotMention() {
        cluster.simulated().knobs().lie("polyaxon", API, Lie.KEEPS_OLD_POD);
        upgrade(NEXT);

        CompletableFuture<Verdict> verdict = rollout(Duration.ofSeconds(4));

        assertThat(verdict).succeedsWithin(SOON).isInstanceOf(Verdict.Failed.class);
        assertThat(verdict.join().summary()).contains("old pod " + API);
    }

    @Test
    void shouldGiveUpEarlyWhenTheNewImageCrashLoops() {
        cluster.simulated().knobs().image(NEXT, Behaviour.CRASHLOOP);
        upgrade(NEXT);

        assertThat(rollout(Duration.ofMinutes(5))).succeedsWithin(SOON).isInstanceOf(Verdict.Failed.class);
    }

    @Test
    void shouldGiveUpEarlyWhenTheNewImageCannotBePulled() {
        cluster.simulated().knobs().image(NEXT, Behaviour.BROKEN);
        upgrade(NEXT);

        CompletableFuture<Verdict> verdict = rollout(Duration.ofMinutes(5));

        assertThat(verdict).succeedsWithin(SOON).isInstanceOf(Verdict.Failed.class);
        assertThat(verdict.join().summary()).containsAnyOf("ImagePullBackOff", "ErrImagePull");
    }

    @Test
    void shouldComeToItsVerdictWhenTheApiServerIsBackWhateverWayItWasAway() throws Exception {
        for (Outage outage : Outage.values()) {
            seen.clear();
            AutoCloseable away = cluster.simulated().knobs().outage(outage);
            CompletableFuture<Verdict> verdict = rollout(Duration.ofMinutes(5));
            await().until(() -> !seen.isEmpty());
            assertThat(seen).as(outage.toString()).allMatch(e -> e.result() == Evidence.Result.UNKNOWN);

            away.close();

            assertThat(verdict).as(outage.toString()).succeedsWithin(SOON).matches(Verdict::isPassed);
        }
    }

    @Test
    void shouldObserveWhatARecipeAsksOfPolyaxon() {
        assertThat(value(
                        "kubernetes.installed",
                        "{kind: Deployment, selector: app.kubernetes.io/part-of=polyaxon-core}"))
                .isEqualTo("true");
        assertThat(
                        value(
                                "kubernetes.version",
                                "sources: [{kind: Deployment, selector: app.kubernetes.io/part-of=polyaxon-core, from: label}]"))
                .isEqualTo("1.10.1");
        assertThat(value("kubernetes.volume-kind", "{kind: StatefulSet, name: polyaxon-postgresql}"))
                .isEqualTo("emptyDir");
        assertThat(value("kubernetes.server-version", "{}")).matches("\\d+\\.\\d+.*");
        assertThat(value("kubernetes.field", "{kind: Secret, name: polyaxon-postgresql, pointer: /data}"))
                .contains("***")
                .doesNotMatch(".*: *\"(?!\\*\\*\\*).*");
    }

    @Test
    void shouldObserveAgainWhenTheApiServerWasAwayForAMoment() throws Exception {
        AutoCloseable away = cluster.simulated().knobs().outage(Outage.UNAVAILABLE);
        cluster.simulated().requests().clear();
        CompletableFuture<Fact> fact = CompletableFuture.supplyAsync(
                () -> cluster.observe("kubernetes.installed", "{kind: Deployment, name: " + API + "}"));
        await().until(() -> cluster.simulated().requests().all().size() > 1);
        assertThat(fact).isNotDone();

        away.close();

        assertThat(fact).succeedsWithin(SOON).matches(Fact::isKnown);
    }

    @Test
    void shouldAskAServiceOfTheInstallationThroughTheApiServer() {
        cluster.simulated().knobs().serve("polyaxon", API, "/healthz/", 200, "text/plain", "ok");

        assertThat(cluster.verify("http.status", "{service: " + API + ", port: 80, path: /healthz/}"))
                .succeedsWithin(SOON)
                .matches(Verdict::isPassed);
    }

    @Test
    void shouldSendNoWriteVerbWhateverItChecksAndObserves() {
        cluster.simulated().requests().clear();

        rollout(Duration.ofSeconds(5)).orTimeout(60, TimeUnit.SECONDS).join();
        verdict("kubernetes.pods-healthy", "selector: app.kubernetes.io/part-of=polyaxon-core");
        verdict("kubernetes.version", "{kind: Deployment, name: " + API + ", from: label, expected: 1.10.1}");
        verdict("kubernetes.object", "{kind: Operation, apiVersion: core.polyaxon.com/v1, present: false}");
        verdict("http.status", "{service: " + API + ", port: 80}");
        shouldObserveWhatARecipeAsksOfPolyaxon();
        value("kubernetes.count", "{kind: Pod}");

        List<RequestLog.Entry> requests = cluster.simulated().requests().all();
        assertThat(requests).hasSizeGreaterThan(10).noneMatch(RequestLog.Entry::isWrite);
    }

    private Verdict verdict(String check, String with) {
        return cluster.verify(check, with, Duration.ofMillis(100), e -> {})
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    private String value(String probe, String with) {
        Fact fact = cluster.observe(probe, with);
        assertThat(fact.unknown()).isNull();
        return fact.value().isValueNode() ? fact.value().asText() : fact.value().toString();
    }

    private CompletableFuture<Verdict> rollout(Duration within) {
        return cluster.verify(ROLLOUT, "name: " + API, within, seen::addAll);
    }

    private void upgrade(String image) {
        cluster.admin
                .apps()
                .deployments()
                .inNamespace("polyaxon")
                .withName(API)
                .edit(deployment -> with(deployment, image));
    }

    private static Deployment with(Deployment deployment, String image) {
        deployment.getSpec().getTemplate().getSpec().getContainers().forEach(container -> container.setImage(image));
        return deployment;
    }
}
