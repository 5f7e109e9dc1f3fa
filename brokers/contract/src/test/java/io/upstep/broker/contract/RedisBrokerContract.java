package io.upstep.broker.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.upstep.broker.contract.server.RealRedis;
import io.upstep.broker.contract.server.RealServer;
import io.upstep.broker.contract.server.RequiresServer;
import io.upstep.broker.contract.server.ServerResource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XReadGroupParams;
import redis.clients.jedis.resps.StreamEntry;

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

    @Test
    void shouldReachASubscriberThatKnowsOnlyRedis() {
        try (Jedis client = new RedisControl().server.client()) {
            client.xgroupCreate("upstep:upgrade.completed", "mine", StreamEntryID.XGROUP_LAST_ENTRY, true);

            publishCompletion("{\"specversion\":\"1.0\"}");

            List<Map.Entry<String, List<StreamEntry>>> read = client.xreadGroup(
                    "mine",
                    "me",
                    XReadGroupParams.xReadGroupParams().block(5000),
                    Map.of("upstep:upgrade.completed", StreamEntryID.XREADGROUP_UNDELIVERED_ENTRY));
            assertThat(read.get(0).getValue().get(0).getFields())
                    .containsEntry("id", "event-1")
                    .containsEntry("key", "plan-1")
                    .containsEntry("payload", "{\"specversion\":\"1.0\"}");
        }
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
