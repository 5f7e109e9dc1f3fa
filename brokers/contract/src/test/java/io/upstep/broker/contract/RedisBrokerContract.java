package io.upstep.broker.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.upstep.broker.Destination;
import io.upstep.broker.Envelope;
import io.upstep.broker.RejectedException;
import io.upstep.broker.Subscription;
import io.upstep.broker.contract.server.RealRedis;
import io.upstep.broker.contract.server.RealServer;
import io.upstep.broker.contract.server.RequiresServer;
import io.upstep.broker.contract.server.ServerResource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
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
    private static final int LIMIT = 50;

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

    @Test
    void shouldKeepTheNewestDeadLettersWhenThereAreMoreThanItsLimit() {
        Destination bounded = new Destination("bounded", null, "planner");
        Subscription subscription = broker.subscribe(bounded, "planner", 16, message -> {
            throw new RejectedException("expected something else");
        });
        try (Jedis client = new RedisControl().server.client()) {
            IntStream.range(0, 400)
                    .mapToObj(i ->
                            broker.publish(bounded, new Envelope(Integer.toString(i), "k", "payload " + i, Map.of())))
                    .toList()
                    .forEach(published -> published.toCompletableFuture().join());

            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                List<StreamEntry> newest = client.xrevrange("upstep:bounded.planner.dead", "+", "-", 1);
                assertThat(newest.get(0).getFields()).containsEntry("id", "399");
            });
            // Redis drops whole nodes of a stream, of 100 entries each.
            assertThat(client.xlen("upstep:bounded.planner.dead")).isBetween((long) LIMIT, LIMIT + 150L);
        } finally {
            subscription.close();
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
            return RealRedis.create().withConsumerTimeout(CONSUMER_TIMEOUT);
        }
    }

    /** Chooses Redis Streams. */
    public static final class Profile extends ContractProfile {
        public Profile() {
            super("redis");
        }

        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> config = super.getConfigOverrides();
            config.put("upstep.redis.dead-letter-limit", Integer.toString(LIMIT));
            return config;
        }
    }
}
