package io.upstep.executor.action.mongodb;

import com.mongodb.MongoClientException;
import com.mongodb.event.ConnectionCreatedEvent;
import com.mongodb.event.ConnectionPoolListener;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Lets a client connect once. Drivers connect again by themselves, but on the same port there may be another version by then,
 * and what was found out of the one before is not true of it.
 */
final class OneConnection implements ConnectionPoolListener {
    private final AtomicBoolean used = new AtomicBoolean();

    /** It was lost, and there is to be no other. */
    static final class LostException extends MongoClientException {
        private static final long serialVersionUID = 1L;

        LostException() {
            super("the connection was lost, and whoever answers there now may be another server");
        }
    }

    /** What this throws, the driver takes for a connection that could not be opened. */
    @Override
    public void connectionCreated(ConnectionCreatedEvent event) {
        if (used.getAndSet(true)) {
            throw new LostException();
        }
    }
}
