package io.upstep.verifier.check;

import static io.upstep.verifier.Patiently.SOON;
import static io.upstep.verifier.Patiently.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.upstep.event.CheckSpec;
import io.upstep.event.Evidence;
import io.upstep.event.Verdict;
import io.upstep.verifier.MovableClock;
import io.upstep.verifier.VerifierConfig;
import io.upstep.verifier.check.kubernetes.Looking;
import io.upstep.verifier.check.kubernetes.ObjectCheck;
import io.upstep.verifier.check.kubernetes.PodsHealthyCheck;
import io.upstep.verifier.check.kubernetes.RolloutCompleteCheck;
import io.upstep.verifier.cluster.MockCluster;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CheckRunnerTest {
    private static final String CRASHING = """
            apiVersion: v1
            kind: Pod
            metadata: {name: api-1, labels: {app: api}}
            status: {phase: Running, containerStatuses: [{name: api, state: {waiting: {reason: CrashLoopBackOff}}}]}
            """;

    private final MockCluster cluster = new MockCluster();
    private final MovableClock clock = new MovableClock();
    private final VerifierConfig config = cluster.config();
    private final Workers workers = new Workers(config);
    private final AtomicInteger rounds = new AtomicInteger();
    private final BrokenCheck broken = new BrokenCheck();
    private final CheckRunner runner = new CheckRunner(
            new Checks(List.of(new ObjectCheck(), new PodsHealthyCheck(), new RolloutCompleteCheck(), broken)),
            workers,
            config,
            clock);

    @AfterEach
    void close() {
        broken.letGo.complete(null);
        workers.close();
        cluster.close();
    }

    @Test
    void shouldPassAtOnceWhenEverythingIsGood() {
        mark("one");

        assertThat(verdict(object("one")).isPassed()).isTrue();
        assertThat(rounds).hasValue(0);
    }

    @Test
    void shouldLookAgainUntilItIsGood() {
        CompletableFuture<Verdict> verdict = run(object("one"), object("two"));
        mark("one");
        await().until(() -> rounds.get() > 2);
        assertThat(verdict).isNotDone();

        mark("two");

        assertThat(verdict).succeedsWithin(SOON).matches(Verdict::isPassed);
    }

    @Test
    void shouldPassOnlyWhenAllIsGoodAtTheSameMoment() {
        mark("one");
        CompletableFuture<Verdict> verdict = run(object("one"), object("two"));
        await().until(() -> rounds.get() > 0);
        cluster.delete(configMap("one"));
        int seen = rounds.get();
        await().until(() -> rounds.get() > seen + 1);
        mark("two");
        int later = rounds.get();
        await().until(() -> rounds.get() > later + 1);

        assertThat(verdict).isNotDone();
    }

    @Test
    void shouldFailWithTheLastEvidenceWhenTheTimeIsOver() {
        CompletableFuture<Verdict> verdict = run(object("one"));
        await().until(() -> rounds.get() > 1);

        clock.advance(Duration.ofMinutes(1));

        assertThat(verdict).succeedsWithin(SOON).isInstanceOf(Verdict.Failed.class);
        assertThat(verdict.join().summary())
                .isEqualTo("kubernetes.object on ConfigMap one: expected present, saw none found");
    }

    @Test
    void shouldFailEarlyWhenAPodHasCrashLoopedForLongerThanThePatience() {
        cluster.put(CRASHING);
        CompletableFuture<Verdict> verdict = run(spec("kubernetes.pods-healthy", "selector: app=api"));
        await().until(() -> rounds.get() > 1);
        assertThat(verdict).isNotDone();

        clock.advance(Duration.ofSeconds(31));

        assertThat(verdict).succeedsWithin(SOON).isInstanceOf(Verdict.Failed.class);
        assertThat(verdict.join().summary()).contains("Pod api-1").contains("container api: CrashLoopBackOff");
    }

    @Test
    void shouldNotGiveUpWhenABadStateWasLeftInBetween() {
        cluster.put(CRASHING);
        CompletableFuture<Verdict> verdict = run(spec("kubernetes.pods-healthy", "selector: app=api"));
        await().until(() -> rounds.get() > 0);
        cluster.put(
                "{apiVersion: v1, kind: Pod, metadata: {name: api-1, labels: {app: api}}, status: {phase: Running}}");
        int seen = rounds.get();
        await().until(() -> rounds.get() > seen + 1);
        clock.advance(Duration.ofSeconds(31));
        cluster.put(CRASHING);
        int later = rounds.get();
        await().until(() -> rounds.get() > later + 1);

        assertThat(verdict).isNotDone();
    }

    @Test
    void shouldBeUnknownWhenTheClusterDoesNotAnswerUntilTheTimeIsOver() {
        mark("one");
        cluster.outage(true);
        CompletableFuture<Verdict> verdict = run(object("one"));
        await().until(() -> rounds.get() > 0);

        clock.advance(Duration.ofMinutes(1));

        assertThat(verdict).succeedsWithin(SOON).isInstanceOf(Verdict.Unknown.class);
        assertThat(verdict.join().summary()).contains("etcd is on holiday");
    }

    @Test
    void shouldPassWhenTheClusterAnswersAgain() {
        mark("one");
        cluster.outage(true);
        CompletableFuture<Verdict> verdict = run(object("one"));
        await().until(() -> rounds.get() > 0);

        cluster.outage(false);

        assertThat(verdict).succeedsWithin(SOON).matches(Verdict::isPassed);
    }

    @Test
    void shouldBeUnknownAtOnceWhenACheckIsNotKnownOrItsParametersAreNotRight() {
        assertThat(verdict(spec("kubernetes.weather", "{}")).summary())
                .contains("came 'kubernetes.weather'")
                .contains("kubernetes.object");
        assertThat(verdict(spec("kubernetes.object", "{kind: Pod, nmae: api}")))
                .isInstanceOf(Verdict.Unknown.class)
                .satisfies(v -> assertThat(v.summary()).contains("came 'nmae'"));
    }

    @Test
    void shouldBeUnknownWhenACheckBreaks() {
        CompletableFuture<Verdict> breaks = run(spec("test.broken", "hang: false"));
        await().until(() -> rounds.get() > 1);
        clock.advance(Duration.ofMinutes(1));

        assertThat(breaks).succeedsWithin(SOON).isInstanceOf(Verdict.Unknown.class);
        assertThat(breaks.join().summary()).contains("the check itself broke");
    }

    @Test
    void shouldBeUnknownWhenALookTakesTooLong() {
        CheckRunner hasty =
                new CheckRunner(new Checks(List.of(broken)), workers, cluster.config("look-timeout", "200ms"), clock);
        CompletableFuture<Verdict> hangs = hasty.run(
                        "plan",
                        MockCluster.INSTALLATION,
                        cluster.reader(),
                        List.of(spec("test.broken", "hang: true")),
                        seen -> rounds.incrementAndGet())
                .toCompletableFuture();
        await().until(() -> rounds.get() > 1);
        clock.advance(Duration.ofMinutes(1));

        assertThat(hangs).succeedsWithin(SOON).isInstanceOf(Verdict.Unknown.class);
        assertThat(hangs.join().summary()).contains("took longer than");
    }

    @Test
    void shouldTakeTheAnswerOfALookThatTookLongerThanTheLimit() {
        AtomicInteger looks = new AtomicInteger();
        CompletableFuture<Void> slow = new CompletableFuture<>();
        CheckRunner hasty = new CheckRunner(
                new Checks(List.of(new SlowCheck(looks, slow))),
                workers,
                // The pause is long: the look must end in it.
                cluster.config("look-timeout", "100ms", "shortest-pause", "500ms", "longest-pause", "500ms"),
                clock);
        CompletableFuture<Verdict> verdict = hasty.run(
                        "plan", MockCluster.INSTALLATION, cluster.reader(), List.of(spec("test.slow", "{}")), seen -> {
                            rounds.incrementAndGet();
                            slow.complete(null);
                        })
                .toCompletableFuture();

        assertThat(verdict).succeedsWithin(SOON).matches(Verdict::isPassed);
        assertThat(rounds).hasValue(1);
        assertThat(looks).hasValue(1);
    }

    private Verdict verdict(CheckSpec spec) {
        CompletableFuture<Verdict> verdict = run(spec);
        assertThat(verdict).succeedsWithin(SOON);
        return verdict.join();
    }

    private CompletableFuture<Verdict> run(CheckSpec... specs) {
        return runner.run(
                        "plan",
                        MockCluster.INSTALLATION,
                        cluster.reader(),
                        List.of(specs),
                        seen -> rounds.incrementAndGet())
                .toCompletableFuture();
    }

    private void mark(String name) {
        cluster.put(configMap(name));
    }

    private static String configMap(String name) {
        return "{apiVersion: v1, kind: ConfigMap, metadata: {name: " + name + "}}";
    }

    private static CheckSpec object(String name) {
        return spec("kubernetes.object", "{kind: ConfigMap, name: " + name + "}");
    }

    private static CheckSpec spec(String check, String with) {
        return new CheckSpec(check, Looking.yaml(with), Duration.ofMinutes(1));
    }

    /** A check whose looks take until they are let go. */
    private record SlowCheck(AtomicInteger looks, CompletableFuture<Void> letGo) implements Check<SlowCheck.With> {
        public record With() {}

        @Override
        public String name() {
            return "test.slow";
        }

        @Override
        public Class<With> parameters() {
            return With.class;
        }

        @Override
        public List<Evidence> look(With with, CheckContext context) {
            looks.incrementAndGet();
            letGo.join();
            return List.of(context.passed("it", "done", "done"));
        }
    }

    /** A check with a bug. */
    private static final class BrokenCheck implements Check<BrokenCheck.With> {
        private final CompletableFuture<Void> letGo = new CompletableFuture<>();

        public record With(boolean hang) {}

        @Override
        public String name() {
            return "test.broken";
        }

        @Override
        public Class<With> parameters() {
            return With.class;
        }

        @Override
        public List<Evidence> look(With with, CheckContext context) {
            if (with.hang()) {
                letGo.join();
            }
            throw new IllegalStateException("a bug");
        }
    }
}
