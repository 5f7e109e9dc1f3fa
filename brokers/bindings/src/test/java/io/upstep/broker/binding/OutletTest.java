package io.upstep.broker.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.upstep.broker.Envelope;
import io.upstep.broker.PublishException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutletTest {
    private static final Place PLACE = new Place("step.requested.east", "executor", Place.Kind.RECEIVER);
    private static final int CAPACITY = 60;

    private final FakeBinding binding = new FakeBinding();
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final Outlet outlet = outlet(Duration.ofSeconds(10));

    @AfterEach
    void shutDown() {
        outlet.close();
        workers.shutdownNow();
    }

    @Test
    void shouldDeclareThePlaceBeforeTheFirstMessage() {
        publish("a").join();

        assertThat(binding.places).containsExactly(PLACE);
        assertThat(binding.payloads()).containsExactly("a");
    }

    @Test
    void shouldKeepTheOrderWhenThePlaceCannotBeDeclaredAtFirst() {
        binding.away = true;
        List<CompletableFuture<Void>> published =
                IntStream.range(0, 50).mapToObj(i -> publish("m" + i)).toList();

        binding.away = false;

        published.forEach(CompletableFuture::join);
        assertThat(binding.payloads())
                .containsExactlyElementsOf(
                        IntStream.range(0, 50).mapToObj(i -> "m" + i).toList());
    }

    @Test
    void shouldNotHoldUpOtherPlacesWhenOneCannotBeDeclared() {
        Place other = new Place("step.executed.east", "verifier", Place.Kind.RECEIVER);
        binding.refused.add(PLACE);
        CompletableFuture<Void> stuck = publish("a");

        outlet.publish(other, new Envelope("b", "key", "b", Map.of()))
                .toCompletableFuture()
                .join();

        assertThat(stuck).isNotDone();
        binding.refused.clear();
        stuck.join();
        assertThat(binding.payloads()).containsExactly("b", "a");
    }

    @Test
    void shouldFailLoudlyWhenNoConfirmComesInTime() {
        binding.confirms = false;
        Outlet impatient = outlet(Duration.ofMillis(100));

        assertThatThrownBy(() -> publish(impatient, "a").join())
                .hasCauseInstanceOf(PublishException.class)
                .hasMessageContaining("expected the fake broker to take message a")
                .hasMessageContaining("no confirm came within PT0.1S");
    }

    @Test
    void shouldSayWhyWhenTheBrokerIsKnownToBeAway() {
        Outlet impatient = outlet(Duration.ofMillis(100));
        impatient.hold("nobody answers at host:1");

        assertThatThrownBy(() -> publish(impatient, "a").join()).hasMessageContaining("nobody answers at host:1");
        assertThat(binding.sent).isEmpty();
    }

    @Test
    void shouldRefuseWhenTooManyWait() {
        outlet.hold("away");
        IntStream.range(0, CAPACITY).forEach(i -> publish("m" + i));

        assertThatThrownBy(() -> publish("one too many").join())
                .hasCauseInstanceOf(PublishException.class)
                .hasMessageContaining("fewer than " + CAPACITY);
    }

    @Test
    void shouldSendAgainWhatWasNeverConfirmedWhenTheBrokerForgetsIt() {
        binding.confirms = false;
        binding.forgetful = true;
        CompletableFuture<Void> first = publish("a");
        CompletableFuture<Void> second = publish("b");
        await().until(() -> binding.sent.size() == 2);

        outlet.hold("away");
        CompletableFuture<Void> third = publish("c");
        binding.confirms = true;
        outlet.proceed();

        CompletableFuture.allOf(first, second, third).join();
        assertThat(binding.payloads()).containsExactly("a", "b", "a", "b", "c");
    }

    @Test
    void shouldBeginAnewWhenTheConnectorGivesUp() {
        publish("a").join();
        binding.confirms = false;
        CompletableFuture<Void> lost = publish("b");
        await().until(() -> binding.sent.size() == 2);

        binding.confirms = true;
        binding.sending.cancel();

        lost.join();
        assertThat(binding.payloads()).containsExactly("a", "b", "b");
    }

    private Outlet outlet(Duration timeout) {
        return new Outlet(binding, new Places(binding), new PublishLimits(timeout, CAPACITY), workers);
    }

    private CompletableFuture<Void> publish(String payload) {
        return publish(outlet, payload);
    }

    private static CompletableFuture<Void> publish(Outlet outlet, String payload) {
        return outlet.publish(PLACE, new Envelope(payload, "key", payload, Map.of()))
                .toCompletableFuture();
    }
}
