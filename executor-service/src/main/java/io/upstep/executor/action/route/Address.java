package io.upstep.executor.action.route;

/** Where this process can connect to. */
public record Address(String host, int port) {

    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
