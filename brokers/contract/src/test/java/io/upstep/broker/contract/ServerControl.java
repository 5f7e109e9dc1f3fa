package io.upstep.broker.contract;

import io.upstep.broker.contract.server.RealServer;
import io.upstep.broker.contract.server.ServerResource;
import java.nio.file.Path;
import java.util.function.BiFunction;
import org.eclipse.microprofile.config.ConfigProvider;

/** Control of the server that a {@link ServerResource} started. */
abstract class ServerControl<S extends RealServer> implements BrokerControl {
    protected final S server;

    ServerControl(BiFunction<Path, Integer, S> at) {
        server = at.apply(
                Path.of(ConfigProvider.getConfig().getValue(ServerResource.DIRECTORY, String.class)),
                ConfigProvider.getConfig().getValue(ServerResource.PORT, Integer.class));
    }

    @Override
    public void stop() {
        server.stop();
    }

    @Override
    public void kill() {
        server.kill();
    }

    @Override
    public void start() {
        server.start();
    }

    @Override
    public void pause() {
        server.pause();
    }

    @Override
    public void resume() {
        server.resume();
    }
}
