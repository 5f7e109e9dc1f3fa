package io.upstep.executor.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.upstep.event.AttemptId;
import io.upstep.event.Installation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class WaitingTest {
    private static final KubernetesClientException AWAY = new KubernetesClientException("gone fishing", 503, null);
    private static final KubernetesClientException FORBIDDEN = new KubernetesClientException("not you", 403, null);

    private final Timeless context = new Timeless();

    @Test
    void shouldGoOnWaitingWhenTheApiServerIsAwayForAWhile() {
        Deque<Supplier<Optional<String>>> looks = new ArrayDeque<>(List.of(
                () -> Optional.of("one is missing"),
                () -> {
                    throw AWAY;
                },
                Optional::empty));
        Waiting.until(context, null, () -> looks.remove().get(), left -> ActionException.passing("timeout", left));

        assertThat(context.told).anyMatch(line -> line.contains("gone fishing"));
    }

    @Test
    void shouldGiveUpWhenTheApiServerStaysAway() {
        assertThatThrownBy(() -> Waiting.until(
                        context,
                        null,
                        () -> {
                            throw AWAY;
                        },
                        left -> ActionException.passing("timeout", left)))
                .isSameAs(AWAY);
        assertThat(context.waited).isBetween(Duration.ofMinutes(2), Duration.ofMinutes(3));
    }

    @Test
    void shouldGiveUpAtOnceWhenTheApiServerRefuses() {
        assertThatThrownBy(() -> Waiting.until(
                        context,
                        null,
                        () -> {
                            throw FORBIDDEN;
                        },
                        left -> ActionException.passing("timeout", left)))
                .isSameAs(FORBIDDEN);
    }

    @Test
    void shouldSayWhatWasMissingWhenTimeRanOut() {
        assertThatThrownBy(() -> Waiting.until(
                        context,
                        Duration.ofSeconds(30),
                        () -> Optional.of("two pods are missing"),
                        left -> ActionException.passing("timeout", left)))
                .hasMessage("two pods are missing");
        assertThat(context.waited).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(33));
    }

    /** A context in which waiting takes no time, and is counted. */
    private static final class Timeless implements StepContext {
        private final List<String> told = new java.util.ArrayList<>();
        private Duration waited = Duration.ZERO;

        @Override
        public Installation installation() {
            return new Installation("east", "shop", "web");
        }

        @Override
        public String planner() {
            return null;
        }

        @Override
        public int firstAttempt() {
            return 1;
        }

        @Override
        public AttemptId attempt() {
            return new AttemptId("plan-1", "step-1", 1, 1);
        }

        @Override
        public KubernetesClient client() {
            throw new UnsupportedOperationException("nothing here needs a cluster");
        }

        @Override
        public Clock clock() {
            return Clock.fixed(Instant.EPOCH.plus(waited), ZoneOffset.UTC);
        }

        @Override
        public void progress(Double fraction, String message) {
            told.add(message);
        }

        @Override
        public void log(String line) {
            told.add(line);
        }

        @Override
        public Optional<String> cursor() {
            return Optional.empty();
        }

        @Override
        public void saveCursor(String cursor) {
            told.add(cursor);
        }

        @Override
        public void checkpoint() {
            // It may always go on.
        }

        @Override
        public void pause(Duration duration) {
            waited = waited.plus(duration);
        }
    }
}
