package io.upstep.broker.embedded;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Gives each consumer group every message of one queue; until there is a group, keeps the messages for the first one. */
final class EmbeddedQueue {
    private final HubRuntime runtime;
    private final String name;
    private final Map<String, ConsumerGroup> groups = new LinkedHashMap<>();
    private volatile List<ConsumerGroup> declared = List.of();
    private final Map<String, ConsumerGroup> deleted = new LinkedHashMap<>();
    private final ConsumerGroup unclaimed;

    EmbeddedQueue(HubRuntime runtime, String name) {
        this.runtime = runtime;
        this.name = name;
        this.unclaimed = newGroup("");
    }

    CompletableFuture<Void> publish(EmbeddedRecord message, Duration timeout) {
        List<ConsumerGroup> receivers = declared;
        if (receivers.size() == 1) {
            return receivers.get(0).offer(message, timeout);
        }
        if (receivers.isEmpty()) {
            return keep(message, timeout);
        }
        return CompletableFuture.allOf(
                receivers.stream().map(group -> group.offer(message, timeout)).toArray(CompletableFuture<?>[]::new));
    }

    synchronized ConsumerGroup declare(String group, boolean earliest) {
        ConsumerGroup known = groups.get(group);
        if (known != null) {
            return known;
        }
        // A group that comes back after a deletion still has the consumers it had.
        ConsumerGroup created = deleted.containsKey(group) ? deleted.remove(group) : newGroup(group);
        if (earliest) {
            created.absorb(unclaimed);
        }
        groups.put(group, created);
        declared = List.copyOf(groups.values());
        return created;
    }

    synchronized boolean has(String group) {
        return groups.containsKey(group);
    }

    synchronized List<EmbeddedRecord> retained() {
        return unclaimed.messages();
    }

    List<ConsumerGroup> groups() {
        return declared;
    }

    /** Forgets messages and groups. */
    synchronized void delete() {
        String why = "queue '" + name + "' was deleted";
        unclaimed.clear(why);
        declared.forEach(group -> group.clear(why));
        deleted.putAll(groups);
        groups.clear();
        declared = List.of();
    }

    // Under the same monitor as declare(): what is kept here is either claimed by the first group or already in it.
    private CompletableFuture<Void> keep(EmbeddedRecord message, Duration timeout) {
        synchronized (this) {
            if (declared.isEmpty()) {
                if (DeadLetters.isDeadQueue(name)) {
                    unclaimed.dropOldestWhenFull();
                }
                return unclaimed.offer(message, timeout);
            }
        }
        return publish(message, timeout);
    }

    private ConsumerGroup newGroup(String group) {
        return new ConsumerGroup(runtime, name, group, GroupSettings.defaultsFor(name));
    }
}
