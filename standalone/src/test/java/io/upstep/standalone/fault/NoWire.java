package io.upstep.standalone.fault;

import java.util.List;
import java.util.Optional;

/** The embedded broker: nobody can get at its messages from outside of the process. */
final class NoWire implements Wire {

    @Override
    public Optional<Letter> steal(Channel channel) {
        return Optional.empty();
    }

    @Override
    public List<Letter> recent(Channel channel) {
        return List.of();
    }

    @Override
    public void send(Channel channel, Letter letter) {
        throw new UnsupportedOperationException("the embedded broker cannot be reached from outside");
    }

    @Override
    public List<String> completions() {
        return List.of();
    }

    @Override
    public boolean isReachable() {
        return false;
    }

    @Override
    public void close() {}
}
