package io.upstep.broker.contract;

import com.rabbitmq.client.Connection;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.upstep.broker.contract.server.RealRabbit;
import io.upstep.broker.contract.server.RealServer;
import io.upstep.broker.contract.server.RequiresServer;
import io.upstep.broker.contract.server.ServerResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeoutException;

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
