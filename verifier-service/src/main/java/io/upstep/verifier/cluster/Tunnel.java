package io.upstep.verifier.cluster;

import java.util.Optional;

/** A way to one port of a Service, for as long as it is open. */
public interface Tunnel extends AutoCloseable {

    /** The host to connect to. */
    String host();

    /** The port to connect to. */
    int port();

    /** What went wrong on the way so far, which whoever connects cannot see. */
    Optional<String> problem();

    @Override
    void close();

    /** A way that needs no digging. */
    static Tunnel direct(String host, int port) {
        return new DirectTunnel(host, port);
    }
}
