package io.upstep.broker.contract;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.upstep.broker.contract.server.RealRedis;
import io.upstep.broker.contract.server.RealServer;
import io.upstep.broker.contract.server.RequiresServer;
import io.upstep.broker.contract.server.ServerResource;
import redis.clients.jedis.Jedis;

/** The law, for Redis Streams. */
@RequiresServer(RealRedis.BINARY)
@QuarkusTest
@TestProfile(RedisBrokerContract.Profile.class)
@WithTestResource(RedisBrokerContract.Server.class)
class RedisBrokerContract extends QuarkusBrokerContract {
    @Override
    protected BrokerControl control() {
        return new RedisControl();
    }

    private static final class RedisControl extends ServerControl<RealRedis> {
        RedisControl() {
            super(RealRedis::at);
        }

        @Override
        public void delete(String address, String group) {
            try (Jedis client = server.client()) {
                client.del("upstep:" + address);
            }
        }
    }

    /** A server for this test alone. */
    public static final class Server extends ServerResource {
        @Override
        protected RealServer create() {
            return RealRedis.create();
        }
    }

    /** Chooses Redis Streams. */
    public static final class Profile extends ContractProfile {
        public Profile() {
            super("redis");
        }
    }
}
