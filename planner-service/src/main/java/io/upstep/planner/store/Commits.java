package io.upstep.planner.store;

import io.upstep.planner.plan.JournalSignal;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.jboss.logging.Logger;

/** Tells within this process what has just been committed: that the journal has grown, and that the outbox has messages. */
@Singleton
public class Commits implements JournalSignal {
    private static final Logger LOG = Logger.getLogger(Commits.class);

    private final List<LongConsumer> readers = new CopyOnWriteArrayList<>();
    private final List<Runnable> relays = new CopyOnWriteArrayList<>();
    private final AtomicLong last = new AtomicLong();

    @Override
    public Listening listen(LongConsumer listener) {
        // Wrapped, so that the same listener taken on twice is taken off once.
        LongConsumer reader = listener::accept;
        readers.add(reader);
        return () -> readers.remove(reader);
    }

    public void onMessages(Runnable relay) {
        relays.add(relay);
    }

    /** The journal reaches up to here, whoever wrote it. */
    public void reached(long position) {
        if (last.getAndAccumulate(position, Math::max) < position) {
            readers.forEach(reader -> tell(reader, position));
        }
    }

    /** It is committed, whatever a listener makes of it. */
    private static void tell(LongConsumer reader, long position) {
        try {
            reader.accept(position);
        } catch (RuntimeException e) {
            LOG.errorf(e, "a listener failed to hear of journal position %d", position);
        }
    }

    void messages() {
        relays.forEach(Runnable::run);
    }
}
