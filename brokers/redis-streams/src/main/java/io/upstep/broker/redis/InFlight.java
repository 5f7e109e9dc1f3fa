package io.upstep.broker.redis;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import redis.clients.jedis.StreamEntryID;

/** The entries with the handlers of one channel, never more than its prefetch; makes the reader wait for room. */
final class InFlight {
    // Under load acknowledgements come in waves: waiting this long for the rest of one saves many small reads.
    private static final Duration GATHER = Duration.ofMillis(1);

    private final Map<StreamEntryID, Taken> entries = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final int prefetch;
    private volatile boolean closed;

    InFlight(int prefetch) {
        this.prefetch = prefetch;
    }

    void add(Taken taken) {
        entries.put(taken.entry(), taken);
    }

    void remove(StreamEntryID entry) {
        if (entries.remove(entry) != null) {
            signal();
        }
    }

    boolean has(StreamEntryID entry) {
        return entries.containsKey(entry);
    }

    int size() {
        return entries.size();
    }

    Collection<Taken> all() {
        return entries.values();
    }

    void close() {
        closed = true;
        signal();
    }

    boolean isClosed() {
        return closed;
    }

    /** @return how many more may be taken; 0 only when closed */
    int awaitRoom() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (room() > 0 && room() < prefetch / 4) {
                changed.awaitNanos(GATHER.toNanos());
            }
            while (room() <= 0 && !closed) {
                changed.await();
            }
            return closed ? 0 : room();
        } finally {
            lock.unlock();
        }
    }

    /** Waits, unless it is closed before. */
    void pause(Duration howLong) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = howLong.toNanos();
            while (left > 0 && !closed) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private int room() {
        return prefetch - entries.size();
    }

    private void signal() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
