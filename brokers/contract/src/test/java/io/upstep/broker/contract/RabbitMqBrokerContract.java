package io.upstep.broker.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Delivery;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.upstep.broker.contract.server.RealRabbit;
import io.upstep.broker.contract.server.RealServer;
import io.upstep.broker.contract.server.RequiresServer;
import io.upstep.broker.contract.server.ServerResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** The law, for RabbitMQ. */
@RequiresServer(RealRabbit.BINARY)
@QuarkusTest
@TestProfile(RabbitMqBrokerContract.Profile.class)
@WithTestResource(RabbitMqBrokerContract.Server.class)
class RabbitMqBrokerContract extends QuarkusBrokerContract {
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

            await().until(() -> received.size() == 1);
        }
        assertThat(received.get(0).getBody()).asString().isEqualTo("{\"specversion\":\"1.0\"}");
        assertThat(received.get(0).getProperties().getContentType()).isEqualTo("application/cloudevents+json");
        assertThat(received.get(0).getProperties().getMessageId()).isEqualTo("event-1");
        assertThat(received.get(0).getProperties().getDeliveryMode())
                .as("persistent")
                .isEqualTo(2);
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
            return RealRabbit.create();
        }
    }

    /** Chooses RabbitMQ. */
    public static final class Profile extends ContractProfile {
        public Profile() {
            super("rabbitmq");
        }
    }
}
