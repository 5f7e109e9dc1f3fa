package io.upstep.broker.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.upstep.broker.Destination;
import io.upstep.broker.Envelope;
import io.upstep.broker.UndeliverableException;
import io.upstep.broker.contract.server.RealKafka;
import io.upstep.broker.contract.server.RealServer;
import io.upstep.broker.contract.server.ServerResource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;

/** The law, for Kafka. */
@QuarkusTest
@TestProfile(KafkaBrokerContract.Profile.class)
@WithTestResource(KafkaBrokerContract.Server.class)
class KafkaBrokerContract extends QuarkusBrokerContract {
    @Override
    protected BrokerControl control() {
        return new KafkaControl();
    }

    @Test
    void shouldReachASubscriberThatKnowsOnlyKafka() {
        Map<String, Object> properties = Map.of(
                "bootstrap.servers", new KafkaControl().server.bootstrapServers(),
                "group.id", "mine",
                "auto.offset.reset", "earliest");
        publishCompletion("{\"specversion\":\"1.0\"}");
        try (Consumer<String, String> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of("upstep.upgrade.completed"));
            List<ConsumerRecord<String, String>> received = new ArrayList<>();

            await().atMost(SOON).until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(received::add);
                return received.size() == 1;
            });

            assertThat(received.get(0).key()).isEqualTo("plan-1");
            assertThat(received.get(0).value()).isEqualTo("{\"specversion\":\"1.0\"}");
            assertThat(received.get(0).headers().lastHeader("content-type").value())
                    .asString()
                    .isEqualTo("application/cloudevents+json");
        }
    }

    @Test
    void shouldRefuseForGoodWhenKafkaItselfTakesLessThanWeAllow() throws Exception {
        Destination small = new Destination("small", null, "planner");
        broker.publish(small, new Envelope("1", "k", "fits", Map.of()))
                .toCompletableFuture()
                .join();
        try (Admin admin = new KafkaControl().server.admin()) {
            ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, "upstep.small");
            AlterConfigOp less =
                    new AlterConfigOp(new ConfigEntry("max.message.bytes", "1000"), AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(Map.of(topic, List.of(less))).all().get();
        }

        await().atMost(SOON).ignoreExceptions().untilAsserted(() -> assertThatThrownBy(
                        () -> broker.publish(small, new Envelope("2", "k", "x".repeat(5000), Map.of()))
                                .toCompletableFuture()
                                .join())
                .hasCauseInstanceOf(UndeliverableException.class));
        broker.publish(small, new Envelope("3", "k", "fits", Map.of()))
                .toCompletableFuture()
                .join();
    }

    private static final class KafkaControl extends ServerControl<RealKafka> {
        KafkaControl() {
            super(RealKafka::at);
        }

        @Override
        public void delete(String address, String group) {
            try (Admin admin = server.admin()) {
                admin.deleteTopics(List.of("upstep." + address))
                        .all()
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join();
            }
        }
    }

    /** A server for this test alone. */
    public static final class Server extends ServerResource {
        @Override
        protected RealServer create() {
            return RealKafka.create().withConsumerTimeout(CONSUMER_TIMEOUT);
        }
    }

    /** Chooses Kafka. */
    public static final class Profile extends ContractProfile {
        public Profile() {
            super("kafka");
        }
    }
}
