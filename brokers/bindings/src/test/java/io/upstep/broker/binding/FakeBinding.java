package io.upstep.broker.binding;

import io.upstep.broker.Envelope;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import org.eclipse.microprofile.reactive.messaging.Message;

/** A broker that is a list of what was sent to it, and obeys the test. */
final class FakeBinding implements Binding {
    final List<Message<?>> sent = new CopyOnWriteArrayList<>();
    final Set<Place> places = ConcurrentHashMap.newKeySet();
    final Set<Place> refused = ConcurrentHashMap.newKeySet();
    final List<String> opened = new CopyOnWriteArrayList<>();
    final List<String> sinks = new CopyOnWriteArrayList<>();
    final Set<String> disconnected = ConcurrentHashMap.newKeySet();
    volatile boolean away;
    volatile boolean confirms = true;
    volatile boolean forgetful;
    volatile Flow.Subscription sending;
    volatile Flow.Subscriber<? super Message<?>> receiving;

    List<String> payloads() {
        return sent.stream().map(message -> (String) message.getPayload()).toList();
    }

    void deliver(String payload) {
        receiving.onNext(Message.of(payload));
    }

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public void declare(Place place) {
        if (away) {
            throw new IllegalStateException("away");
        }
        if (refused.contains(place)) {
            throw new IllegalStateException(place.name() + " is refused");
        }
        places.add(place);
    }

    @Override
    public Inspection inspect(Collection<Place> wanted) {
        if (away) {
            return Inspection.unreachable("away");
        }
        Map<Place, String> missing = new HashMap<>();
        wanted.stream()
                .filter(place -> !places.contains(place))
                .forEach(place -> missing.put(place, place.name() + " is gone"));
        return Inspection.found(missing);
    }

    @Override
    public Flow.Publisher<? extends Message<?>> receive(String channel, Place place, int prefetch) {
        opened.add(channel);
        return (Flow.Publisher<Message<?>>) subscriber -> {
            receiving = subscriber;
            subscriber.onSubscribe(new Flow.Subscription() {
                @Override
                public void request(long n) {}

                @Override
                public void cancel() {}
            });
        };
    }

    @Override
    public boolean isConnected(String channel) {
        return !disconnected.contains(channel);
    }

    @Override
    public Flow.Subscriber<? extends Message<?>> send(String channel) {
        sinks.add(channel);
        return new Flow.Subscriber<Message<?>>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                sending = subscription;
                subscription.request(100);
            }

            @Override
            public void onNext(Message<?> message) {
                sent.add(message);
                if (confirms) {
                    message.ack();
                }
                sending.request(1);
            }

            @Override
            public void onError(Throwable failure) {}

            @Override
            public void onComplete() {}
        };
    }

    @Override
    public Message<?> outgoing(Place to, Envelope message) {
        return Message.of(message.payload());
    }

    @Override
    public Envelope incoming(Message<?> message) {
        return new Envelope("id", "key", (String) message.getPayload(), Map.of());
    }

    @Override
    public boolean forgetsUnconfirmed() {
        return forgetful;
    }

    @Override
    public void close() {}
}
