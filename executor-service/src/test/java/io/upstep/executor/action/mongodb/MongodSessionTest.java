package io.upstep.executor.action.mongodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.upstep.executor.action.ActionException;
import io.upstep.simulator.servers.FakeMongod;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MongodSessionTest extends MongodbTestBase {

    @Test
    void shouldNotConnectAgainWhenAnotherServerAnswersThere() {
        start("4.0.27");
        int port = server.port();
        try (MongodSession session = mongods.open(new Mongod("127.0.0.1", null, port, null, null), first)) {
            assertThat(session.version()).isEqualTo("4.0.27");
            server.close();
            server = FakeMongod.start(directory.resolve("db"), "4.2.16", port);

            // The first failure is the connection's; after it drivers try another one.
            await().atMost(Duration.ofSeconds(60)).until(() -> failure(session).contains("may be another server"));
            assertThat(server.asked()).doesNotContain("buildInfo 1");
        }
    }

    private static String failure(MongodSession session) {
        ActionException failure = catchThrowableOfType(ActionException.class, session::version);
        assertThat(failure).as("what the new server answered").isNotNull();
        assertThat(failure.code()).isEqualTo("database-unreachable");
        return failure.getMessage();
    }
}
