package io.upstep.broker.contract;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.upstep.broker.embedded.EmbeddedHub;
import jakarta.inject.Inject;

/** The law, for the embedded broker. */
@QuarkusTest
@TestProfile(EmbeddedBrokerContract.Profile.class)
class EmbeddedBrokerContract extends QuarkusBrokerContract {
    @Inject
    EmbeddedHub hub;

    @Override
    protected BrokerControl control() {
        return new BrokerControl() {
            @Override
            public void stop() {
                hub.stop();
            }

            @Override
            public void kill() {
                hub.stop();
            }

            @Override
            public void start() {
                hub.start();
            }

            /** It cannot be paused apart from its users: it is away instead. */
            @Override
            public void pause() {
                hub.stop();
            }

            @Override
            public void resume() {
                hub.start();
            }

            @Override
            public void delete(String address, String group) {
                hub.delete(address);
            }
        };
    }

    /** Chooses the embedded broker. */
    public static final class Profile extends ContractProfile {
        public Profile() {
            super("embedded");
        }
    }
}
