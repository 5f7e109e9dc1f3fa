package io.upstep.standalone;

import io.upstep.broker.contract.server.RealRedis;
import io.upstep.broker.contract.server.RealServer;
import io.upstep.broker.contract.server.RequiresServer;
import java.util.List;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;

@RequiresServer(RealRedis.BINARY)
class RedisRoundTripIT extends RoundTripIT {

    @Override
    RealServer newBroker() {
        return RealRedis.create();
    }

    @Override
    CompletionSubscriber subscribe(RealServer broker) {
        return new CompletionSubscriber() {
            @Override
            public List<String> received() {
                try (Jedis redis = ((RealRedis) broker).client()) {
                    return redis.xrange("upstep:upgrade.completed", (StreamEntryID) null, null).stream()
                            .map(entry -> entry.getFields().get("payload"))
                            .toList();
                }
            }

            @Override
            public void close() {}
        };
    }
}
