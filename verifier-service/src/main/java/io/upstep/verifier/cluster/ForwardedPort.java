package io.upstep.verifier.cluster;

import io.fabric8.kubernetes.client.LocalPortForward;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** A port of this machine, open to this machine alone, behind which the API server passes everything on to a pod. */
record ForwardedPort(LocalPortForward forward) implements Tunnel {
    private static final Logger LOG = Logger.getLogger(ForwardedPort.class);

    @Override
    public String host() {
        return forward.getLocalAddress().getHostAddress();
    }

    @Override
    public int port() {
        return forward.getLocalPort();
    }

    @Override
    public Optional<String> problem() {
        return Stream.concat(forward.getServerThrowables().stream(), forward.getClientThrowables().stream())
                .map(Throwable::getMessage)
                .filter(message -> message != null && !message.isBlank())
                .findFirst();
    }

    @Override
    public void close() {
        try {
            forward.close();
        } catch (IOException e) {
            LOG.debugf("A forwarded port was lost before it was closed: %s", e.getMessage());
        }
    }
}
