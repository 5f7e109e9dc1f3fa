package io.upstep.simulator.api;

import io.upstep.simulator.rules.Refusal;
import io.upstep.simulator.store.Change;
import io.upstep.simulator.store.Key;
import io.upstep.simulator.store.ObjectStore;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.util.Optional;
import java.util.function.Consumer;

/** One forwarded connection to a pod: bytes go both ways over a web socket, marked with their channel. */
final class PortForward {
    static final String PROTOCOL = "v4.channel.k8s.io";

    /** As a kubelet sends them; fabric8's client stops at a message that comes in more than one frame. */
    private static final int CHUNK = 32 * 1024;

    private static final byte DATA = 0;
    private static final byte ERROR = 1;

    private final NetClient net;
    private final ObjectStore store;
    private final Target target;
    private final ServerWebSocket client;

    private PortForward(NetClient net, ObjectStore store, Target target, ServerWebSocket client) {
        this.net = net;
        this.store = store;
        this.target = target;
        this.client = client;
    }

    /**
     * Where a connection is to go.
     *
     * @param address nothing when nobody listens there
     */
    record Target(Key pod, String uid, int port, Optional<Backends.Address> address) {}

    static void open(NetClient net, ObjectStore store, Target target, ServerWebSocket client) {
        new PortForward(net, store, target, client).open();
    }

    private void open() {
        // What comes before the backend is connected must wait, not get lost.
        client.pause();
        client.writeBinaryMessage(port(DATA));
        client.writeBinaryMessage(port(ERROR));
        target.address()
                .ifPresentOrElse(
                        a -> net.connect(a.port(), a.host())
                                .onSuccess(this::pipe)
                                .onFailure(e -> refuse()),
                        this::refuse);
    }

    private void pipe(NetSocket backend) {
        Consumer<Change> whenGone = change -> {
            if (change.type() == Change.Type.DELETED && change.key().equals(target.pod())) {
                backend.close();
            }
        };
        store.listen(whenGone);
        backend.handler(data -> toClient(backend, data));
        backend.closeHandler(v -> {
            store.unlisten(whenGone);
            client.close();
        });
        backend.exceptionHandler(e -> backend.close());
        client.binaryMessageHandler(message -> toBackend(backend, message));
        client.closeHandler(v -> backend.close());
        client.exceptionHandler(e -> backend.close());
        client.resume();
        if (client.isClosed()) {
            backend.close();
        }
    }

    private void toClient(NetSocket backend, Buffer data) {
        for (int from = 0; from < data.length(); from += CHUNK) {
            Buffer part = data.slice(from, Math.min(data.length(), from + CHUNK));
            client.writeBinaryMessage(
                    Buffer.buffer(part.length() + 1).appendByte(DATA).appendBuffer(part));
        }
        if (client.writeQueueFull()) {
            backend.pause();
            client.drainHandler(v -> backend.resume());
        }
    }

    private void toBackend(NetSocket backend, Buffer message) {
        if (message.length() > 1 && message.getByte(0) == DATA) {
            backend.write(message.slice(1, message.length()));
            if (backend.writeQueueFull()) {
                client.pause();
                backend.drainHandler(v -> client.resume());
            }
        }
    }

    private void refuse() {
        String why = "error forwarding port " + target.port() + " to pod " + target.uid()
                + ", uid : failed to connect to"
                + " localhost:" + target.port() + " inside its namespace, IPv4: dial tcp4 127.0.0.1:" + target.port()
                + ": connect: connection refused";
        client.writeBinaryMessage(Buffer.buffer().appendByte(ERROR).appendString(why));
        client.close();
    }

    /** The first message of each channel says which port it belongs to. */
    private Buffer port(byte channel) {
        return Buffer.buffer().appendByte(channel).appendUnsignedShortLE(target.port());
    }

    /** The port that is asked for; only one at a time. */
    static int port(Request request) {
        String ports = request.parameter("ports");
        if (!ports.matches("[1-9][0-9]{0,4}")) {
            throw Refusal.badRequest("expected one port as query parameter \"ports\", came \"" + ports + "\"");
        }
        return Integer.parseInt(ports);
    }
}
