package io.upstep.standalone.fault;

import java.util.List;
import java.util.Optional;

/**
 * What somebody with the broker's own client can do to messages, and see of them. Everything fails while the broker is away;
 * what was asked for then did not happen.
 */
interface Wire extends AutoCloseable {

    /** Takes a message away from the group it was for, as a further consumer of that group; empty if none came in time. */
    Optional<Letter> steal(Channel channel) throws Exception;

    /** Messages that went through not long ago, oldest first. */
    List<Letter> recent(Channel channel) throws Exception;

    /** Sends a message to the group once more. */
    void send(Channel channel, Letter letter) throws Exception;

    /** Every {@code upgrade.completed} that a subscriber of its own has received since the beginning. */
    List<String> completions() throws Exception;

    /** Whether messages can be got at from outside at all. */
    default boolean isReachable() {
        return true;
    }
}
