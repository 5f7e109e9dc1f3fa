package io.upstep.verifier.check.sql;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.event.Installation;
import io.upstep.verifier.VerifierConfig;
import io.upstep.verifier.check.CheckContext;
import io.upstep.verifier.check.Watch;
import io.upstep.verifier.cluster.MockCluster;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The example that executors are held to as well: two implementations, one answer. */
class FingerprinterTest {

    @Test
    void shouldTakeTheFingerprintThatWasAgreedWhateverTheServersSettings() throws IOException {
        ObjectNode agreed = (ObjectNode) new ObjectMapper().readTree(resource("json"));
        agreed.put("format", 1);
        TestDatabase server = TestDatabase.shared();
        try (MockCluster cluster = new MockCluster()) {
            TestDatabase.login(cluster);
            server.create("example", new String(resource("sql"), StandardCharsets.UTF_8));
            for (String setting : new String[] {
                "timezone = 'Asia/Tokyo'",
                "datestyle = 'German'",
                "intervalstyle = 'iso_8601'",
                "bytea_output = 'escape'",
                "extra_float_digits = 3"
            }) {
                server.run("example", "alter database example set " + setting);
            }

            Fingerprint found = take(server, cluster);

            assertThat(Fingerprint.parse(agreed).differencesTo(found)).isEmpty();
        }
    }

    private static Fingerprint take(TestDatabase server, MockCluster cluster) {
        VerifierConfig config = cluster.config();
        Installation installation = MockCluster.INSTALLATION;
        Clock clock = Clock.systemUTC();
        CheckContext context = new CheckContext(
                "test",
                MockCluster.PLAN,
                installation,
                cluster.reader(),
                new Watch(clock, Duration.ofMinutes(1)),
                clock);
        Database database = new Database(
                "localhost",
                null,
                server.port(),
                "example",
                null,
                new Database.SecretRef("login", null, null),
                Database.SslMode.DISABLE);
        return new Databases(config)
                .read(database, config.comparisonTimeout(), context, connection -> new Fingerprinter(connection)
                        .take(table -> true));
    }

    private static byte[] resource(String ending) throws IOException {
        try (InputStream in = FingerprinterTest.class.getResourceAsStream("/fingerprint-example." + ending)) {
            return in.readAllBytes();
        }
    }
}
