package io.upstep.standalone.fault;

import static io.upstep.standalone.fault.Watched.attempts;
import static io.upstep.standalone.fault.Watched.ended;
import static io.upstep.standalone.fault.Watched.submit;
import static org.assertj.core.api.Assertions.assertThat;

import io.upstep.broker.contract.server.RealKafka;
import io.upstep.broker.contract.server.RealRabbit;
import io.upstep.broker.contract.server.RealRedis;
import io.upstep.broker.contract.server.RealServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A step that lasts longer than the broker waits for a consumer is done once, by one executor. */
class LongStepIT {
    private static final Duration CONSUMER_TIMEOUT = Duration.ofSeconds(5);

    @ParameterizedTest
    @EnumSource(
            value = BrokerKind.class,
            names = {"RABBITMQ", "REDIS", "KAFKA"})
    void shouldDoAStepOnceWhenItLastsLongerThanTheBrokerWaitsForAConsumer(BrokerKind kind, @TempDir Path directory)
            throws Exception {
        Site site = new Site("shop").thinking("PT12S");
        try (Scene scene = Scene.open(kind, impatient(kind), 2, directory, List.of(site))) {
            submit(scene, site);

            ended(scene, site, "SUCCEEDED");

            assertThat(attempts(scene, site, "think")).hasSize(1);
        }
    }

    private static RealServer impatient(BrokerKind kind) {
        return switch (kind) {
            case RABBITMQ -> RealRabbit.create().withConsumerTimeout(CONSUMER_TIMEOUT);
            case REDIS -> RealRedis.create().withConsumerTimeout(CONSUMER_TIMEOUT);
            case KAFKA -> RealKafka.create().withConsumerTimeout(CONSUMER_TIMEOUT);
            case EMBEDDED -> throw new IllegalArgumentException("the embedded broker has no consumers to wait for");
        };
    }
}
