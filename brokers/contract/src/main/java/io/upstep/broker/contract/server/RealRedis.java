package io.upstep.broker.contract.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/** A real redis-server that loses nothing it has answered for. */
public final class RealRedis extends RealServer {
    public static final String BINARY = "redis-server";

    private final Map<String, String> config = new HashMap<>();

    private RealRedis(Path directory, int port) {
        super(directory, port);
    }

    public static RealRedis create() {
        return at(FreePorts.newDirectory("upstep-redis"), FreePorts.next());
    }

    public static RealRedis at(Path directory, int port) {
        return new RealRedis(directory, port);
    }

    /** To be said before {@link #config}: how long a message's consumer may be silent before another takes it over. */
    public RealRedis withConsumerTimeout(Duration timeout) {
        config.put("upstep.redis.claim-idle", timeout.toMillis() + "ms");
        return this;
    }

    @Override
    public Map<String, String> config() {
        config.put("upstep.broker", "redis");
        config.put("upstep.redis.uri", uri());
        return Map.copyOf(config);
    }

    public String uri() {
        return "redis://127.0.0.1:" + port();
    }

    public Jedis client() {
        return new Jedis("127.0.0.1", port());
    }

    @Override
    protected List<String> command() {
        return List.of(
                BINARY,
                "--port",
                Integer.toString(port()),
                "--bind",
                "127.0.0.1",
                "--dir",
                directory().toString(),
                "--appendonly",
                "yes",
                "--appendfsync",
                "everysec",
                "--save",
                "",
                "--daemonize",
                "no");
    }

    @Override
    protected boolean answers() {
        try (Jedis client = client()) {
            return "PONG".equals(client.ping());
        } catch (JedisException notYet) {
            return false;
        }
    }
}
