package io.upstep.broker;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Where messages of one kind go.
 *
 * @param channel the channel, for example {@code step.requested}; it carries one event type
 * @param cluster the cluster it is routed by, or null if it is not
 * @param receiver the consumer group whose queue must exist before anything is published here
 */
public record Destination(String channel, String cluster, String receiver) {
    private static final Pattern SAFE = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?");

    public Destination {
        safe(channel, "channel");
        safe(receiver, "receiver");
        if (cluster != null) {
            safe(cluster, "cluster");
        }
    }

    /** The channel and, if there is one, the cluster: {@code step.requested.east}. */
    public String address() {
        return cluster == null ? channel : channel + "." + cluster;
    }

    static void safe(String name, String what) {
        if (!SAFE.matcher(Objects.requireNonNull(name, what)).matches()) {
            throw new IllegalArgumentException("a " + what
                    + " is 1 to 63 lower-case letters, digits, dots or dashes, starting and ending with a letter or digit; came '"
                    + name + "'");
        }
    }
}
