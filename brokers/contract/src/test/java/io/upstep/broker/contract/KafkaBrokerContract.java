package io.upstep.broker.contract;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.upstep.broker.contract.server.RealKafka;
import io.upstep.broker.contract.server.RealServer;
import io.upstep.broker.contract.server.ServerResource;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;

/** The law, for Kafka. */
@QuarkusTest
@TestProfile(KafkaBrokerContract.Profile.class)
@WithTestResource(KafkaBrokerContract.Server.class)
class KafkaBrokerContract extends QuarkusBrokerContract {
    @Override
    protected BrokerControl control() {
        return new KafkaControl();
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
            return RealKafka.create();
        }
    }

    /** Chooses Kafka. */
    public static final class Profile extends ContractProfile {
        public Profile() {
            super("kafka");
        }
    }
}
