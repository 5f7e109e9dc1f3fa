package io.upstep.broker.binding;

import io.upstep.broker.Destination;

/**
 * Something a broker must have so that messages are kept: a queue, a stream with its group, a topic with its group.
 *
 * @param address the destination's address, which messages are sent to
 * @param group the consumer group; null for a place of dead letters, which nobody need ever read
 */
public record Place(String address, String group, Kind kind) {

    /** Whose place it is, and so from where in time its messages are kept. */
    public enum Kind {
        /** The receiver's: gets everything ever published to the address. */
        RECEIVER,
        /** Another subscriber's: gets what is published from its declaration on. */
        OTHER,
        /** Of messages a group has given up. */
        DEAD
    }

    static Place receiverOf(Destination destination) {
        return new Place(destination.address(), destination.receiver(), Kind.RECEIVER);
    }

    static Place of(Destination destination, String group) {
        Kind kind = group.equals(destination.receiver()) ? Kind.RECEIVER : Kind.OTHER;
        return new Place(destination.address(), group, kind);
    }

    /** Where the messages go that this group gives up. */
    Place dead() {
        return new Place(address + "." + group + ".dead", null, Kind.DEAD);
    }

    public boolean isDead() {
        return kind == Kind.DEAD;
    }

    /** Address and group, unique among places. */
    public String name() {
        return isDead() ? address : address + "." + group;
    }
}
