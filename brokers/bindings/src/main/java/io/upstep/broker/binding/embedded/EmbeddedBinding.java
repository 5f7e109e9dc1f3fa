package io.upstep.broker.binding.embedded;

import io.upstep.broker.Envelope;
import io.upstep.broker.binding.Attributes;
import io.upstep.broker.binding.Binding;
import io.upstep.broker.binding.Inspection;
import io.upstep.broker.binding.Place;
import io.upstep.broker.embedded.EmbeddedConnector;
import io.upstep.broker.embedded.EmbeddedHub;
import io.upstep.broker.embedded.IncomingEmbeddedMetadata;
import io.upstep.broker.embedded.OutgoingEmbeddedMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Flow;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;

/** Queues in this process: an address is a queue, a group is a group. */
@ApplicationScoped
class EmbeddedBinding implements Binding {
    private final EmbeddedHub hub;
    private final EmbeddedConnector connector;

    EmbeddedBinding(EmbeddedHub hub, @Connector(EmbeddedConnector.NAME) EmbeddedConnector connector) {
        this.hub = hub;
        this.connector = connector;
    }

    @Override
    public String name() {
        return "embedded";
    }

    @Override
    public void declare(Place place) {
        // Dead letters need no group: their queue keeps the newest until somebody reads them.
        if (!place.isDead()) {
            hub.ensure(place.address(), place.group());
        }
    }

    @Override
    public Inspection inspect(Collection<Place> places) {
        if (!hub.running()) {
            return Inspection.unreachable("the embedded broker is stopped");
        }
        Map<Place, String> missing = new HashMap<>();
        places.stream().filter(place -> !place.isDead()).forEach(place -> hub.check(place.address(), place.group())
                .ifPresent(problem -> missing.put(place, problem)));
        return Inspection.found(missing);
    }

    @Override
    public Flow.Publisher<? extends Message<?>> receive(String channel, Place place, int prefetch) {
        return connector.getPublisher(Attributes.ofChannel(channel, EmbeddedConnector.NAME)
                .with("queue", place.address())
                .with("group", place.group())
                .with("prefetch", prefetch)
                .asConfig());
    }

    @Override
    public Flow.Subscriber<? extends Message<?>> send(String channel) {
        return connector.getSubscriber(
                Attributes.ofChannel(channel, EmbeddedConnector.NAME).asConfig());
    }

    @Override
    public Message<?> outgoing(Place to, Envelope message) {
        return Message.of(message.payload())
                .addMetadata(
                        new OutgoingEmbeddedMetadata(to.address(), message.id(), message.key(), message.headers()));
    }

    @Override
    public Envelope incoming(Message<?> message) {
        IncomingEmbeddedMetadata metadata =
                message.getMetadata(IncomingEmbeddedMetadata.class).orElseThrow();
        return new Envelope(metadata.id(), metadata.key(), (String) message.getPayload(), metadata.headers());
    }

    @Override
    public void close() {
        // The hub closes itself with the process.
    }
}
