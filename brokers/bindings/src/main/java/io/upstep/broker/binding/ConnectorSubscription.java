package io.upstep.broker.binding;

import io.upstep.broker.Subscription;
import io.upstep.broker.delivery.Consumption;
import java.util.List;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** A subscription that outlives its connections: the doctor tends it, and it opens a new intake when the last is over. */
final class ConnectorSubscription implements Subscription {
    private static final Logger LOG = Logger.getLogger(ConnectorSubscription.class);
    private static final int MOST_PAUSES = 16;

    private final Place place;
    private final List<Place> places;
    private final String name;
    private final int concurrency;
    private final Binding binding;
    private final Consumption consumption;
    private final Consumer<ConnectorSubscription> onClose;
    private Intake intake;
    private int intakes;
    private int failures;
    private int pauses;
    private boolean closed;

    /** @param places what must be there for it, in the order to declare it */
    ConnectorSubscription(
            Place place,
            List<Place> places,
            int number,
            int concurrency,
            Binding binding,
            Consumption consumption,
            Consumer<ConnectorSubscription> onClose) {
        this.place = place;
        this.places = places;
        this.name = place.name() + "-" + number;
        this.concurrency = concurrency;
        this.binding = binding;
        this.consumption = consumption;
        this.onClose = onClose;
    }

    Place place() {
        return place;
    }

    List<Place> places() {
        return places;
    }

    /** To be called now and then while the place is known to be there. Waits longer each time it has to begin anew. */
    synchronized void tend() {
        if (closed || (intake != null && !intake.isOver())) {
            failures = intake != null && intake.isConnected() ? 0 : failures;
            return;
        }
        if (pauses > 0) {
            pauses--;
            return;
        }
        drop();
        pauses = failures == 0 ? 0 : Math.min(1 << (failures - 1), MOST_PAUSES);
        failures = Math.min(failures + 1, MOST_PAUSES);
        begin();
    }

    synchronized boolean isConnected() {
        return closed || (intake != null && intake.isConnected());
    }

    /** The place is gone, and with it whatever the connection still shows. */
    synchronized void drop() {
        if (intake == null) {
            return;
        }
        if (intake.failure() != null) {
            LOG.warnf("%s ended, and begins anew: %s", name, intake.failure());
        }
        intake.close();
        intake = null;
    }

    @Override
    public void close() {
        consumption.close();
        synchronized (this) {
            closed = true;
            drop();
        }
        onClose.accept(this);
    }

    private void begin() {
        Intake next = new Intake(name + "-" + ++intakes, binding, consumption, concurrency);
        intake = next;
        try {
            next.open(place);
        } catch (RuntimeException e) {
            LOG.warnf("%s cannot be consumed yet, which is tried again: %s", name, e);
            drop();
        }
    }
}
