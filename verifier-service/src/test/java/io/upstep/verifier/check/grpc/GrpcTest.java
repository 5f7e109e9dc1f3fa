package io.upstep.verifier.check.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.UnknownFieldSet;
import io.grpc.Status;
import io.upstep.event.Evidence;
import io.upstep.event.Evidence.Result;
import io.upstep.event.Fact;
import io.upstep.verifier.VerifierConfig;
import io.upstep.verifier.check.BadParametersException;
import io.upstep.verifier.check.kubernetes.Looking;
import io.upstep.verifier.cluster.MockCluster;
import io.upstep.verifier.cluster.NoAnswerException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrpcTest {
    private static final String VERSION =
            "method: versionpb.API/GetVersion, response: {major: {field: 1, type: uint32},"
                    + " minor: {field: 2, type: uint32}, micro: {field: 3, type: uint32}, additional: {field: 4, type: string}}";
    private static final String FORMAT = ", format: '{major}.{minor}.{micro}{additional}'";
    private static final String CORE =
            "method: feast.core.CoreService/GetFeastCoreVersion, response: {version: {field: 1, type: string}}";

    private final MockCluster cluster = new MockCluster();
    private final GrpcServer server = new GrpcServer();
    private VerifierConfig config = cluster.config("body-limit", "10000", "request-timeout", "10s");

    @AfterEach
    void close() {
        server.close();
        cluster.close();
    }

    @Test
    void shouldTellFieldsByTheirNamesWhenAsked() throws Exception {
        version(1, 7, 11, "-rc1");

        Fact fact = probe(VERSION);

        assertThat(fact.value()).hasToString("{\"major\":1,\"minor\":7,\"micro\":11,\"additional\":\"-rc1\"}");
        assertThat(fact.source()).isEqualTo("versionpb.API/GetVersion on localhost:" + server.port());
    }

    @Test
    void shouldTellATextWhenThereIsAFormat() throws Exception {
        version(1, 8, 0, "");

        // Proto3 sends neither a 0 nor an empty text.
        assertThat(probe(VERSION + FORMAT).value()).hasToString("\"1.8.0\"");
    }

    @Test
    void shouldCountWhatAListHas() throws Exception {
        server.answering("pfs.API/ListRepo", message -> {
                    message.writeString(1, "images");
                    message.writeString(1, "edges");
                })
                .start();

        assertThat(probe("method: pfs.API/ListRepo, response: {repos: {field: 1, type: count}, none: {field: 2, type:"
                                + " count}}")
                        .value())
                .hasToString("{\"repos\":2,\"none\":0}");
    }

    @Test
    void shouldTellDefaultsWhenTheAnswerIsEmpty() throws Exception {
        server.answering("a.B/C", message -> {}).start();

        assertThat(probe(
                                "method: a.B/C, response: {n: {field: 1, type: int64}, t: {field: 2, type: string}, b: {field: 3,"
                                        + " type: bool}, d: {field: 4, type: double}}")
                        .value())
                .hasToString("{\"n\":0,\"t\":\"\",\"b\":false,\"d\":0}");
    }

    @Test
    void shouldReadEveryTypeAsItsFileDeclaresIt() throws Exception {
        server.answering("a.B/C", message -> {
                    message.writeBool(1, true);
                    message.writeInt32(2, -3);
                    message.writeInt64(3, Long.MIN_VALUE);
                    message.writeUInt32(4, -1);
                    message.writeUInt64(5, -1);
                    message.writeSInt32(6, -5);
                    message.writeSInt64(7, -6);
                    message.writeEnum(8, 2);
                    message.writeFixed32(9, -1);
                    message.writeSFixed32(10, -7);
                    message.writeFloat(11, 1.5f);
                    message.writeFixed64(12, -1);
                    message.writeSFixed64(13, -8);
                    message.writeDouble(14, -2.25);
                    message.writeString(15, "overwritten");
                    message.writeString(15, "größer");
                })
                .start();

        assertThat(probe("method: a.B/C, response: {bool: {field: 1, type: bool}, int32: {field: 2, type: int32},"
                                + " int64: {field: 3, type: int64}, uint32: {field: 4, type: uint32}, uint64: {field: 5,"
                                + " type: uint64}, sint32: {field: 6, type: sint32}, sint64: {field: 7, type: sint64},"
                                + " enum: {field: 8, type: enum}, fixed32: {field: 9, type: fixed32}, sfixed32: {field: 10,"
                                + " type: sfixed32}, float: {field: 11, type: float}, fixed64: {field: 12, type: fixed64},"
                                + " sfixed64: {field: 13, type: sfixed64}, double: {field: 14, type: double}, string:"
                                + " {field: 15, type: string}}")
                        .value())
                .hasToString("{\"bool\":true,\"int32\":-3,\"int64\":-9223372036854775808,\"uint32\":4294967295,"
                        + "\"uint64\":18446744073709551615,\"sint32\":-5,\"sint64\":-6,\"enum\":2,\"fixed32\":4294967295,"
                        + "\"sfixed32\":-7,\"float\":1.5,\"fixed64\":18446744073709551615,\"sfixed64\":-8,"
                        + "\"double\":-2.25,\"string\":\"größer\"}");
    }

    @Test
    void shouldSayWhichFieldHasAnotherTypeThanDeclared() {
        server.answering("feast.core.CoreService/GetFeastCoreVersion", message -> message.writeUInt32(1, 6))
                .start();

        assertThatThrownBy(() -> probe(CORE))
                .isInstanceOf(NoAnswerException.class)
                .hasMessage("expected field 1 of the answer to be of type string, came a variable-length number");
    }

    @Test
    void shouldSayThatAnAnswerIsNoMessage() {
        server.handling("feast.core.CoreService/GetFeastCoreVersion", request -> Optional.of(new byte[] {10, 100, 1}))
                .start();

        assertThatThrownBy(() -> probe(CORE))
                .isInstanceOf(NoAnswerException.class)
                .hasMessageContaining("GetFeastCoreVersion on localhost")
                .hasMessageContaining("is no Protocol Buffers message");
    }

    @Test
    void shouldJudgeAVersionByItsText() throws Exception {
        version(1, 7, 11, "");

        assertThat(check(VERSION + FORMAT + ", expected: 1.7.11").result()).isEqualTo(Result.PASSED);
        Evidence other = check(VERSION + FORMAT + ", expected: 1.7.12");
        assertThat(other.result()).isEqualTo(Result.FAILED);
        assertThat(other.expected()).isEqualTo("1.7.12");
        assertThat(other.actual()).isEqualTo("1.7.11");
    }

    @Test
    void shouldJudgeOneFieldByItsPlace() throws Exception {
        version(1, 7, 11, "");

        assertThat(check(VERSION + ", pointer: /minor, expected: 7").result()).isEqualTo(Result.PASSED);
        assertThat(check(VERSION + ", pointer: /minor, expected: 8").actual()).isEqualTo("7");
        assertThat(check(VERSION + ", pointer: /build, expected: 8").actual()).isEqualTo("nothing there");
    }

    @Test
    void shouldNotKnowWhenTheServerHasNoSuchMethod() throws Exception {
        server.start();

        assertThat(probe(CORE).unknown()).contains("UNIMPLEMENTED", "feast.core.CoreService/GetFeastCoreVersion");
        Evidence evidence = check(CORE + ", pointer: /version, expected: 0.6.2");
        assertThat(evidence.result()).isEqualTo(Result.UNKNOWN);
        assertThat(evidence.actual()).contains("UNIMPLEMENTED");
    }

    @Test
    void shouldNotKnowWhenTheServerIsUnavailable() {
        server.failing(
                        "feast.core.CoreService/GetFeastCoreVersion",
                        Status.UNAVAILABLE.withDescription("migrations are running"))
                .start();

        assertThatThrownBy(() -> probe(CORE))
                .isInstanceOf(NoAnswerException.class)
                .hasMessageContaining("UNAVAILABLE: migrations are running");
    }

    @Test
    void shouldNotRepeatSecretsOfARefusal() throws Exception {
        server.failing(
                        "feast.core.CoreService/GetFeastCoreVersion",
                        Status.INTERNAL.withDescription("cannot connect with password=hush"))
                .start();

        assertThat(probe(CORE).unknown()).doesNotContain("hush");
    }

    @Test
    void shouldNotTellWhatLooksSecret() throws Exception {
        server.answering("a.B/C", message -> message.writeString(1, "hush")).start();
        String asked = "method: a.B/C, response: {accessToken: {field: 1, type: string}}";

        assertThat(probe(asked).unknown()).contains("looks secret").doesNotContain("hush");
        assertThat(probe(asked + ", format: 'v{accessToken}'").unknown()).doesNotContain("hush");
        assertThat(check(asked + ", pointer: /accessToken, expected: other").actual())
                .doesNotContain("hush");
    }

    @Test
    void shouldNotWaitForAnAnswerForEver() {
        config = cluster.config("request-timeout", "200ms");
        server.handling("feast.core.CoreService/GetFeastCoreVersion", request -> Optional.empty())
                .start();

        assertThatThrownBy(() -> probe(CORE))
                .isInstanceOf(NoAnswerException.class)
                .hasMessageContaining("DEADLINE_EXCEEDED");
    }

    @Test
    void shouldNotReadMoreThanTheLimit() throws Exception {
        server.answering(
                        "feast.core.CoreService/GetFeastCoreVersion",
                        message -> message.writeString(1, "x".repeat(10_000)))
                .start();

        assertThat(probe(CORE).unknown()).contains("RESOURCE_EXHAUSTED", "exceeds maximum size 10000");
    }

    @Test
    void shouldSayThatNobodyListens() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        server.start();

        assertThatThrownBy(() -> probe(port, CORE))
                .isInstanceOf(NoAnswerException.class)
                .hasMessageContaining("localhost:" + port + " brought no answer: UNAVAILABLE")
                .hasMessageContaining("refused");
    }

    @Test
    void shouldSayWhatIsMissingWhenAParameterWasLeftEmpty() throws Exception {
        server.start();
        String nowhere = "{service: '', port: 6565, " + CORE;

        assertThat(Looking.at(cluster, new CallProbe(calls()), nowhere + "}").unknown())
                .isEqualTo("no server to ask: 'host' and 'service' are empty");
        assertThat(Looking.at(cluster, new CallCheck(calls()), nowhere + ", pointer: /version, expected: 1}")
                        .get(0)
                        .result())
                .isEqualTo(Result.UNKNOWN);
    }

    @Test
    void shouldPassOnlyWhenTheServerIsServing() throws Exception {
        server.handling("grpc.health.v1.Health/Check", GrpcTest::health).start();

        assertThat(health("").result()).isEqualTo(Result.PASSED);
        assertThat(health(", name: feast.core").actual()).isEqualTo("NOT_SERVING");
        Evidence other = health(", name: other");
        assertThat(other.result()).isEqualTo(Result.FAILED);
        assertThat(other.actual()).isEqualTo("SERVICE_UNKNOWN");
        assertThat(other.subject()).isEqualTo("health of other on localhost:" + server.port());
    }

    @Test
    void shouldNotKnowTheHealthWhenTheServerHasNoSuchProtocol() throws Exception {
        server.start();

        assertThat(health("").result()).isEqualTo(Result.UNKNOWN);
        assertThat(health("").actual()).contains("UNIMPLEMENTED");
    }

    @Test
    void shouldBelieveAServerAsFarAsToldTo(@TempDir Path directory) throws Exception {
        Path store = Certificates.selfSigned(directory);
        server.secured(Certificates.keys(store));
        version(2, 0, 0, "");

        assertThat(probe("tls: require, " + VERSION + FORMAT).value()).hasToString("\"2.0.0\"");
        assertThatThrownBy(() -> probe("tls: verify-full, " + VERSION + FORMAT))
                .isInstanceOf(NoAnswerException.class)
                .hasMessageContaining("unable to find valid certification path");
        assertThatThrownBy(() -> probe("tls: false, " + VERSION + FORMAT)).isInstanceOf(NoAnswerException.class);

        System.setProperty("javax.net.ssl.trustStore", store.toString());
        System.setProperty("javax.net.ssl.trustStorePassword", Certificates.PASSWORD);
        try {
            assertThat(probe("tls: true, " + VERSION + FORMAT).value()).hasToString("\"2.0.0\"");
            assertThatThrownBy(() -> Looking.at(
                            cluster,
                            new CallProbe(calls()),
                            "{host: 127.0.0.1, port: " + server.port() + ", tls: true, " + VERSION + "}"))
                    .hasMessageContaining("127.0.0.1");
        } finally {
            System.clearProperty("javax.net.ssl.trustStore");
            System.clearProperty("javax.net.ssl.trustStorePassword");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{port: 1, method: a.B/C}",
                "{port: 1, method: a.B/C, response: {}}",
                "{port: 1, method: '/a.B/C', response: {a: {field: 1, type: string}}}",
                "{port: 1, method: a.B/C, response: {a: {field: 0, type: string}}}",
                "{port: 1, method: a.B/C, response: {a: {field: 1}}}",
                "{port: 1, method: a.B/C, response: {a: {field: 1, type: text}}}",
                "{port: 1, method: a.B/C, response: {a: {field: 1, type: string}}, format: '{b}'}",
                "{method: a.B/C, response: {a: {field: 1, type: string}}}",
                "{port: 70000, method: a.B/C, response: {a: {field: 1, type: string}}}",
                "{port: 1, tls: perhaps, method: a.B/C, response: {a: {field: 1, type: string}}}",
                "{port: 1, host: a, service: b, method: a.B/C, response: {a: {field: 1, type: string}}}",
            })
    void shouldRefuseWhatIsNoQuestion(String with) {
        server.start();

        assertThatThrownBy(() -> Looking.at(cluster, new CallProbe(calls()), with))
                .isInstanceOf(BadParametersException.class)
                .hasMessageContaining("the parameters of grpc.call are not right: ");
    }

    private static Optional<byte[]> health(byte[] request) {
        try {
            UnknownFieldSet message = UnknownFieldSet.parseFrom(request);
            String name = message.getField(1).getLengthDelimitedList().get(0).toStringUtf8();
            if (name.equals("other")) {
                throw Status.NOT_FOUND.asRuntimeException();
            }
            return Optional.of(GrpcServer.message(answer -> answer.writeEnum(1, name.isEmpty() ? 1 : 2)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void version(int major, int minor, int micro, String additional) {
        server.answering("versionpb.API/GetVersion", message -> {
                    message.writeUInt32(1, major);
                    message.writeUInt32(2, minor);
                    if (micro != 0) {
                        message.writeUInt32(3, micro);
                    }
                    if (!additional.isEmpty()) {
                        message.writeString(4, additional);
                    }
                })
                .start();
    }

    private Calls calls() {
        return new Calls(new Channels(config), config);
    }

    private Fact probe(String with) throws BadParametersException {
        return probe(server.port(), with);
    }

    private Fact probe(int port, String with) throws BadParametersException {
        return Looking.at(cluster, new CallProbe(calls()), "{host: localhost, port: " + port + ", " + with + "}");
    }

    private Evidence check(String with) throws BadParametersException {
        return Looking.at(
                        cluster, new CallCheck(calls()), "{host: localhost, port: " + server.port() + ", " + with + "}")
                .get(0);
    }

    private Evidence health(String more) throws BadParametersException {
        return Looking.at(cluster, new HealthCheck(calls()), "{host: localhost, port: " + server.port() + more + "}")
                .get(0);
    }
}
