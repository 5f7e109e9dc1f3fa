package io.upstep.verifier.cluster;

import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Connects to an API server when it is first asked something, and anew when the kubeconfig was written since. */
final class LazyApiServer implements Transport, AutoCloseable {
    private final Supplier<ApiServer> connect;
    private final LongSupplier lastWritten;
    private ApiServer connected;
    private long connectedWith;

    LazyApiServer(Supplier<ApiServer> connect, LongSupplier lastWritten) {
        this.connect = connect;
        this.lastWritten = lastWritten;
    }

    @Override
    public HttpAnswer get(String path, int limit) {
        return connected().get(path, limit);
    }

    @Override
    public Tunnel forward(String namespace, String pod, int port) {
        return connected().forward(namespace, pod, port);
    }

    private synchronized ApiServer connected() {
        long written = lastWritten.getAsLong();
        if (connected != null && written != connectedWith) {
            close();
        }
        if (connected == null) {
            connected = connect.get();
            connectedWith = written;
        }
        return connected;
    }

    @Override
    public synchronized void close() {
        if (connected != null) {
            connected.close();
            connected = null;
        }
    }
}
