package io.upstep.broker.contract.server;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/** Starts a server before the application of a test, which is told where it is, and removes it afterwards. */
public abstract class ServerResource implements QuarkusTestResourceLifecycleManager {
    public static final String DIRECTORY = "upstep-test.server.directory";
    public static final String PORT = "upstep-test.server.port";

    private RealServer server;

    protected abstract RealServer create();

    @Override
    public Map<String, String> start() {
        server = create().start();
        Map<String, String> config = new HashMap<>(server.config());
        config.put(DIRECTORY, server.directory().toString());
        config.put(PORT, Integer.toString(server.port()));
        return config;
    }

    @Override
    public void stop() {
        if (server != null) {
            server.close();
        }
    }
}
