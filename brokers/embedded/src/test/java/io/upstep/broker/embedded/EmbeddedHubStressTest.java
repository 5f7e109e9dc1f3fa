package io.upstep.broker.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many senders and receivers at once: nothing is lost, and nothing comes twice without a reason. */
class EmbeddedHubStressTest {
    private static final int SENDERS = 4;
    private static final int EACH = 3000;
    private static final Map<String, String> TIGHT = Map.of(
            "capacity", "100", "prefetch", "7", "retries", "100", "retry-delay-ms", "1", "retry-max-delay-ms", "2");

    private final EmbeddedHub hub = new EmbeddedHub();
    private final EmbeddedConnector connector = new EmbeddedConnector(hub);
    private final Map<String, AtomicInteger> deliveries = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> nacks = new ConcurrentHashMap<>();
    private final Set<String> acked = ConcurrentHashMap.newKeySet();
    private final Set<String> attempts = ConcurrentHashMap.newKeySet();
    private final List<String> surprises = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void close() {
        hub.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldDeliverOnceForEachNackAndOnceMore(long seed) {
        for (int i = 0; i < 3; i++) {
            receive(new Random(seed + i), 10);
        }
        sendAll();
        await().atMost(Duration.ofSeconds(30)).until(() -> acked.size() == SENDERS * EACH);
        deliveries.forEach((id, count) ->
                assertThat(count.get()).as("deliveries of %s", id).isEqualTo(1 + count(nacks, id)));
        assertThat(surprises).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5, 6})
    void shouldLoseNothingWhenReceiversComeAndGoAndTheBrokerRestarts(long seed) {
        Random random = new Random(seed);
        CompletableFuture<Void> sending = CompletableFuture.runAsync(this::sendAll);
        int changes = 0;
        List<Receiver> receivers = new ArrayList<>(List.of(receive(random, 10)));
        while (changes < 200 || !sending.isDone()) {
            int next = changes++;
            if (next % 50 == 49) {
                hub.stop();
                hub.start();
            }
            receivers.remove(random.nextInt(receivers.size())).cancel();
            receivers.add(receive(new Random(random.nextLong()), 3));
            await().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> progressSince(next) || acked.size() == SENDERS * EACH);
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> acked.size() == SENDERS * EACH);
        assertThat(surprises).isEmpty();
    }

    private boolean progressSince(int change) {
        return acked.size() > change;
    }

    private Receiver receive(Random random, int outOf) {
        Receiver receiver = Channels.receiver(connector, "q", "g", TIGHT);
        return receiver.reacting(settle(random, outOf));
    }

    private Consumer<Message<?>> settle(Random random, int outOf) {
        return message -> {
            IncomingEmbeddedMetadata metadata = Receiver.metadata(message);
            String id = metadata.id();
            deliveries.computeIfAbsent(id, missing -> new AtomicInteger()).incrementAndGet();
            if (!attempts.add(id + "/" + metadata.attempt())) {
                surprises.add("attempt " + metadata.attempt() + " of " + id + " came twice");
            }
            if (random.nextInt(outOf) == 0) {
                nacks.computeIfAbsent(id, missing -> new AtomicInteger()).incrementAndGet();
                message.nack(new IllegalStateException("unlucky"));
            } else {
                message.ack().thenRun(() -> acked.add(id));
            }
        };
    }

    private void sendAll() {
        CompletableFuture.allOf(IntStream.range(0, SENDERS)
                        .mapToObj(sender -> CompletableFuture.runAsync(() -> send(sender)))
                        .toArray(CompletableFuture<?>[]::new))
                .join();
    }

    private void send(int sender) {
        for (int i = 0; i < EACH; i++) {
            EmbeddedRecord message = new EmbeddedRecord(sender + "-" + i, "key", "x", Map.of());
            boolean confirmed = false;
            while (!confirmed) {
                confirmed = hub.publish("q", message, Duration.ofSeconds(10))
                        .handle((ok, refused) -> refused == null)
                        .toCompletableFuture()
                        .join();
            }
        }
    }

    private static int count(Map<String, AtomicInteger> counts, String id) {
        AtomicInteger count = counts.get(id);
        return count == null ? 0 : count.get();
    }
}
