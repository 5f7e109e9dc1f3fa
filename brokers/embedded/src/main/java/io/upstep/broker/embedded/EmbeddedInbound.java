package io.upstep.broker.embedded;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import io.upstep.broker.embedded.GroupConsumer.Handed;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;

/** One incoming channel: a consumer of a group for as long as somebody is subscribed. */
final class EmbeddedInbound {
    private final EmbeddedHub hub;
    private final String queue;
    private final String group;
    private final int prefetch;
    private final ConsumerGroup members;

    EmbeddedInbound(EmbeddedHub hub, EmbeddedConnectorIncomingConfiguration config) {
        this.hub = hub;
        this.queue = config.getQueue().orElse(config.getChannel());
        this.group = config.getGroup();
        this.prefetch = config.getPrefetch();
        this.members = hub.group(queue, group, !"latest".equals(config.getStart()));
        members.configure(settings(config));
    }

    /** @param closed told when the subscriber has gone */
    Multi<Message<String>> messages(Runnable closed) {
        // The buffer is bounded by the prefetch: no more than that is handed out unacknowledged. A subscriber that
        // throws is
        // cancelled by the emitter, and so gives back what it had.
        return Multi.createFrom().emitter(emitter -> subscribed(emitter, closed), BackPressureStrategy.BUFFER);
    }

    Optional<String> problem() {
        return hub.check(queue, group);
    }

    private void subscribed(MultiEmitter<? super Message<String>> emitter, Runnable closed) {
        Consumer<Handed> receiver = handed -> emitter.emit(message(handed));
        GroupConsumer consumer = members.join(prefetch, receiver);
        emitter.onTermination(() -> {
            members.leave(consumer);
            closed.run();
        });
    }

    private Message<String> message(Handed handed) {
        EmbeddedRecord taken = handed.delivery().message;
        Metadata metadata = Metadata.of(
                new IncomingEmbeddedMetadata(queue, group, taken.id(), taken.key(), taken.headers(), handed.attempt()));
        return Message.of(
                taken.payload(),
                metadata,
                () -> members.ack(handed.delivery()),
                reason -> members.nack(handed, reason));
    }

    private GroupSettings settings(EmbeddedConnectorIncomingConfiguration config) {
        return new GroupSettings(
                config.getCapacity(),
                config.getRetries(),
                Duration.ofMillis(config.getRetryDelayMs()),
                Duration.ofMillis(config.getRetryMaxDelayMs()),
                config.getDeadQueue().orElse(queue + ".dead"));
    }
}
