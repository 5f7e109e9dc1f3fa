package io.upstep.broker.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Delivery;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.upstep.broker.Destination;
import io.upstep.broker.contract.server.RealRabbit;
import io.upstep.broker.contract.server.RealServer;
import io.upstep.broker.contract.server.RequiresServer;
import io.upstep.broker.contract.server.ServerResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** The law, for RabbitMQ. */
@RequiresServer(RealRabbit.BINARY)
@QuarkusTest
@TestProfile(RabbitMqBrokerContract.Profile.class)
@WithTestResource(RabbitMqBrokerContract.Server.class)
class RabbitMqBrokerContract extends QuarkusBrokerContract {
    private static final int LIMIT = 50;
    private static final Destination DESTINATION = new Destination("bounded", null, "planner");
    private static final String DEAD = "bounded.planner.dead";

    @Override
    protected BrokerControl control() {
        return new RabbitControl();
    }

    @Test
    void shouldReachASubscriberThatKnowsOnlyRabbitMq() throws Exception {
        List<Delivery> received = new CopyOnWriteArrayList<>();
        try (Connection connection = new RabbitControl().server.connect()) {
            Channel channel = connection.createChannel();
            String queue = channel.queueDeclare().getQueue();
            channel.queueBind(queue, "upstep.v1", "upgrade.completed");
            channel.basicConsume(queue, true, (tag, delivery) -> received.add(delivery), tag -> {});

            publishCompletion("{\"specversion\":\"1.0\"}");

            await().atMost(SOON).until(() -> received.size() == 1);
        }
        assertThat(received.get(0).getBody()).asString().isEqualTo("{\"specversion\":\"1.0\"}");
        assertThat(received.get(0).getProperties().getContentType()).isEqualTo("application/cloudevents+json");
        assertThat(received.get(0).getProperties().getMessageId()).isEqualTo("event-1");
        assertThat(received.get(0).getProperties().getDeliveryMode())
                .as("persistent")
                .isEqualTo(2);
    }

    @Test
    void shouldKeepTheNewestDeadLettersWhenThereAreMoreThanItsLimit() throws Exception {
        broker.subscribe(DESTINATION, "planner", 1, message -> CompletableFuture.completedFuture(null))
                .close();
        try (Connection connection = new RabbitControl().server.connect()) {
            Channel channel = connection.createChannel();
            channel.confirmSelect();

            for (int i = 0; i < 2 * LIMIT; i++) {
                channel.basicPublish(
                        "upstep.v1.dead", DEAD, null, Integer.toString(i).getBytes(UTF_8));
            }
            channel.waitForConfirmsOrDie(10_000);

            assertThat(channel.messageCount("upstep.v1." + DEAD)).isEqualTo(LIMIT);
            assertThat(channel.basicGet("upstep.v1." + DEAD, true).getBody())
                    .asString()
                    .isEqualTo(Integer.toString(LIMIT));
        }
    }

    @Test
    void shouldConfirmNoFurtherMessageWithoutAQueueWhenItsLimitIsReached() throws Exception {
        publishCompletion("{}"); // Declares what there is to declare.
        try (Connection connection = new RabbitControl().server.connect()) {
            Channel channel = connection.createChannel();
            channel.confirmSelect();
            int confirmed = 0;
            for (int i = 0; i < 2 * LIMIT; i++) {
                channel.basicPublish("upstep.v1", "nobody.listens", null, new byte[] {1});
                confirmed += channel.waitForConfirms(10_000) ? 1 : 0;
            }

            assertThat(confirmed).isBetween(LIMIT / 2, 2 * LIMIT - 1);
            assertThat(channel.messageCount("upstep.v1.unrouted"))
                    .as("none that was confirmed is dropped")
                    .isGreaterThanOrEqualTo(confirmed);
            channel.queuePurge("upstep.v1.unrouted");
        }
    }

    @Test
    void shouldPublishAndReceiveAgainWhenTheExchangeWasDeleted() throws Exception {
        Recorder recorder = subscribe(Recorder.handling());
        publish("before");
        await().atMost(SOON).until(() -> recorder.payloads().contains("before"));

        try (Connection connection = new RabbitControl().server.connect()) {
            connection.createChannel().exchangeDelete("upstep.v1");
        }
        publishUntilTaken(message("k", "after")); // The first try closes the publishing channel.

        await().atMost(SOON).until(() -> recorder.payloads().contains("after"));
        await().atMost(SOON).until(() -> broker.health().up());
    }

    private static final class RabbitControl extends ServerControl<RealRabbit> {
        RabbitControl() {
            super(RealRabbit::at);
        }

        @Override
        public void delete(String address, String group) {
            try (Connection connection = server.connect()) {
                connection.createChannel().queueDelete("upstep.v1." + address + "." + group);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (TimeoutException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** A node for this test alone. */
    public static final class Server extends ServerResource {
        @Override
        protected RealServer create() {
            return RealRabbit.create().withConsumerTimeout(CONSUMER_TIMEOUT);
        }
    }

    /** Chooses RabbitMQ. */
    public static final class Profile extends ContractProfile {
        public Profile() {
            super("rabbitmq");
        }

        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> config = super.getConfigOverrides();
            config.put("upstep.rabbitmq.dead-letter-limit", Integer.toString(LIMIT));
            config.put("upstep.rabbitmq.unrouted-limit", Integer.toString(LIMIT));
            return config;
        }
    }
}
