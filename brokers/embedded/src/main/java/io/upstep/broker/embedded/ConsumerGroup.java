package io.upstep.broker.embedded;

import io.upstep.broker.embedded.GroupConsumer.Handed;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/** Shares a queue's messages among the consumers of one group, and holds each until somebody acknowledged it. */
final class ConsumerGroup {
    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);
    private static final int BATCH = 256;

    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Delivery> ready = new ArrayDeque<>();
    private final ArrayDeque<PendingOffer> waiting = new ArrayDeque<>();
    private final Set<Delivery> resting = new HashSet<>();
    private final List<GroupConsumer> consumers = new ArrayList<>();
    private final AtomicInteger drainRequests = new AtomicInteger();
    private final HubRuntime runtime;
    private final String queue;
    private final String name;
    private volatile GroupSettings settings;
    private int held;
    private int turn;

    ConsumerGroup(HubRuntime runtime, String queue, String name, GroupSettings settings) {
        this.runtime = runtime;
        this.queue = queue;
        this.name = name;
        this.settings = settings;
    }

    void configure(GroupSettings wanted) {
        locked(() -> settings = wanted);
        settleWaiting();
    }

    /** Completes once the group holds the message; fails after the timeout if there was no room. */
    CompletableFuture<Void> offer(EmbeddedRecord message, Duration timeout) {
        PendingOffer offer = null;
        lock.lock();
        try {
            if (waiting.isEmpty() && held < settings.capacity()) {
                hold(message);
            } else {
                offer = new PendingOffer(message);
                waiting.add(offer);
            }
        } finally {
            lock.unlock();
        }
        if (offer == null) {
            dispatch();
            return DONE;
        }
        return expire(offer, timeout);
    }

    GroupConsumer join(int prefetch, java.util.function.Consumer<Handed> receiver) {
        GroupConsumer consumer = new GroupConsumer(prefetch, receiver);
        locked(() -> consumers.add(consumer));
        dispatch();
        return consumer;
    }

    /** The consumer goes away: what it has not acknowledged is for the others. */
    void leave(GroupConsumer consumer) {
        locked(() -> {
            consumers.remove(consumer);
            takeBack(consumer);
        });
        dispatch();
    }

    CompletionStage<Void> ack(Delivery delivery) {
        if (!runtime.running()) {
            return CompletableFuture.failedFuture(new PublishFailedException(
                    "the embedded broker is stopped: the message is delivered again when it has started"));
        }
        finish(delivery);
        return DONE;
    }

    /** Tried again after a delay, and dead-lettered with the reason after the last try. */
    CompletionStage<Void> nack(Handed handed, Throwable reason) {
        Delivery delivery = handed.delivery();
        int failures;
        lock.lock();
        try {
            if (delivery.state != Delivery.State.IN_FLIGHT || delivery.attempt != handed.attempt()) {
                // It is with somebody else by now: this opinion came too late.
                return DONE;
            }
            delivery.becomes(Delivery.State.RESTING);
            resting.add(delivery);
            failures = ++delivery.failures;
        } finally {
            lock.unlock();
        }
        dispatch();
        if (failures <= settings.retries()) {
            runtime.later(settings.delayAfter(failures), () -> again(delivery));
            return DONE;
        }
        return bury(delivery, reason);
    }

    /** Everything handed out counts as not delivered, as when a broker restarts. */
    void takeBackAll() {
        locked(() -> consumers.forEach(this::takeBack));
    }

    /** Forgets all messages; whoever waits to publish is told. */
    void clear(String why) {
        List<PendingOffer> refused = new ArrayList<>();
        lock.lock();
        try {
            consumers.forEach(this::takeBack);
            ready.forEach(delivery -> delivery.becomes(Delivery.State.DONE));
            ready.clear();
            resting.forEach(delivery -> delivery.becomes(Delivery.State.DONE));
            resting.clear();
            refused.addAll(waiting);
            waiting.clear();
            held = 0;
        } finally {
            lock.unlock();
        }
        refused.forEach(offer -> offer.accepted().completeExceptionally(new PublishFailedException(why)));
    }

    /** Takes over what another group holds for nobody, and those who wait to give it more. */
    void absorb(ConsumerGroup unclaimed) {
        List<Delivery> messages = new ArrayList<>();
        List<PendingOffer> offers = new ArrayList<>();
        unclaimed.locked(() -> {
            messages.addAll(unclaimed.ready);
            offers.addAll(unclaimed.waiting);
            unclaimed.ready.clear();
            unclaimed.waiting.clear();
            unclaimed.held = 0;
        });
        locked(() -> {
            ready.addAll(messages);
            waiting.addAll(offers);
            held += messages.size();
        });
        settleWaiting();
    }

    /** Makes room by forgetting the oldest message nobody has taken; for dead letters only. */
    void dropOldestWhenFull() {
        locked(() -> {
            while (held >= settings.capacity() && !ready.isEmpty()) {
                ready.poll().becomes(Delivery.State.DONE);
                held--;
            }
        });
    }

    List<EmbeddedRecord> messages() {
        lock.lock();
        try {
            return ready.stream()
                    .filter(delivery -> !delivery.isDone())
                    .map(delivery -> delivery.message)
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    void dispatch() {
        if (runtime.running() && drainRequests.getAndIncrement() == 0) {
            runtime.execute(this::drain);
        }
    }

    // One drain runs at a time, so a group's messages are handed over in order; the lock is not held while it hands
    // over.
    private void drain() {
        int seen = drainRequests.get();
        do {
            List<Handed> batch = assign();
            while (!batch.isEmpty()) {
                batch.forEach(Handed::deliver);
                batch = assign();
            }
            seen = drainRequests.addAndGet(-seen);
        } while (seen != 0);
    }

    private List<Handed> assign() {
        List<Handed> batch = new ArrayList<>();
        lock.lock();
        try {
            while (runtime.running() && batch.size() < BATCH && !ready.isEmpty()) {
                if (ready.peek().isDone()) {
                    ready.poll();
                    continue;
                }
                GroupConsumer consumer = nextWithRoom();
                if (consumer == null) {
                    break;
                }
                Delivery delivery = ready.poll();
                delivery.handTo(consumer);
                batch.add(new Handed(consumer, delivery, delivery.attempt));
            }
        } finally {
            lock.unlock();
        }
        return batch;
    }

    private GroupConsumer nextWithRoom() {
        for (int i = 0; i < consumers.size(); i++) {
            turn = (turn + 1) % consumers.size();
            if (consumers.get(turn).hasRoom()) {
                return consumers.get(turn);
            }
        }
        return null;
    }

    private void finish(Delivery delivery) {
        lock.lock();
        try {
            if (delivery.isDone()) {
                return;
            }
            delivery.becomes(Delivery.State.DONE);
            resting.remove(delivery);
            held--;
        } finally {
            lock.unlock();
        }
        settleWaiting();
    }

    private void again(Delivery delivery) {
        locked(() -> {
            if (resting.remove(delivery)) {
                delivery.becomes(Delivery.State.READY);
                ready.addFirst(delivery);
            }
        });
        dispatch();
    }

    private CompletionStage<Void> bury(Delivery delivery, Throwable reason) {
        EmbeddedRecord letter = DeadLetters.of(delivery, queue, name, reason);
        return runtime.publish(settings.deadQueue(), letter).handle((ok, refused) -> {
            if (refused == null) {
                finish(delivery);
            } else {
                // Nothing is given up before it lies with the dead letters.
                runtime.later(settings.maxDelay(), () -> again(delivery));
            }
            return null;
        });
    }

    private void takeBack(GroupConsumer consumer) {
        List<Delivery> back = new ArrayList<>(consumer.inFlight);
        for (int i = back.size() - 1; i >= 0; i--) {
            back.get(i).becomes(Delivery.State.READY);
            ready.addFirst(back.get(i));
        }
    }

    private void hold(EmbeddedRecord message) {
        held++;
        ready.add(new Delivery(message));
    }

    private void settleWaiting() {
        List<PendingOffer> accepted = List.of();
        boolean work;
        lock.lock();
        try {
            while (!waiting.isEmpty() && held < settings.capacity()) {
                accepted = accepted.isEmpty() ? new ArrayList<>() : accepted;
                PendingOffer offer = waiting.poll();
                // Its publisher may have been told meanwhile that it waited too long: then it is not held.
                if (offer.accepted().isDone()) {
                    continue;
                }
                hold(offer.message());
                accepted.add(offer);
            }
            work = !ready.isEmpty();
        } finally {
            lock.unlock();
        }
        accepted.forEach(offer -> offer.accepted().complete(null));
        if (work) {
            dispatch();
        }
    }

    private CompletableFuture<Void> expire(PendingOffer offer, Duration timeout) {
        Future<?> timer = runtime.later(timeout, () -> {
            locked(() -> waiting.removeIf(other -> other == offer));
            offer.accepted().completeExceptionally(full(timeout));
        });
        offer.accepted().whenComplete((ok, failure) -> timer.cancel(false));
        return offer.accepted();
    }

    private PublishFailedException full(Duration timeout) {
        return new PublishFailedException("group '" + name + "' of queue '" + queue + "' held " + settings.capacity()
                + " unacknowledged messages for " + timeout.toMillis()
                + " ms: its consumers are too slow or absent; publish again later");
    }

    private void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }
}
