package io.upstep.broker.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

class RedisSecurityTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @Test
    void shouldUseUserPasswordAndDatabaseWhenTheUriNamesThem() {
        try (RedisServer server = RedisServer.started("--user", "worker", "on", ">s3cret", "~*", "+@all");
                Channels channels = new Channels(server)) {
            String uri = "redis://worker:s3cret@127.0.0.1:" + server.port() + "/3";
            roundTrip(channels, Map.of("uri", uri));
            try (Jedis redis = server.client()) {
                redis.select(3);
                assertThat(redis.xlen("s")).isEqualTo(3);
            }
        }
    }

    @Test
    void shouldSayThatThePasswordIsWrongWithoutShowingIt() {
        try (RedisServer server = RedisServer.started("--user", "worker", "on", ">s3cret", "~*", "+@all");
                Channels channels = new Channels(server)) {
            channels.receiver("s", "g", Map.of("uri", "redis://worker:guess@127.0.0.1:" + server.port()));
            assertThat(channels.connector.getReadiness().getChannels().get(0).getMessage())
                    .contains("WRONGPASS")
                    .doesNotContain("guess");
        }
    }

    @Test
    void shouldSpeakTlsWhenTheUriSaysRediss(@TempDir Path directory) throws Exception {
        Path trusted = certificate(directory);
        int port = RedisServer.freePort();
        try (RedisServer server = RedisServer.started(
                        "--tls-port",
                        "0",
                        "--tls-cert-file",
                        directory.resolve("cert.pem").toString(),
                        "--tls-key-file",
                        directory.resolve("key.pem").toString(),
                        "--tls-auth-clients",
                        "no");
                Channels channels = new Channels(server)) {
            try (Jedis redis = server.client()) {
                redis.configSet("tls-port", Integer.toString(port));
            }
            Map<String, String> tls = Map.of(
                    "uri",
                    "rediss://127.0.0.1:" + port,
                    "tls-trust-store",
                    trusted.toString(),
                    "tls-trust-store-password",
                    new String(PASSWORD));
            roundTrip(channels, tls);
            Map<String, String> stranger = Map.of("uri", "rediss://127.0.0.1:" + port);
            channels.receiver("s", "g2", stranger);
            assertThat(channels.connector.getReadiness().isOk()).isFalse();
        }
    }

    private static void roundTrip(Channels channels, Map<String, String> attributes) {
        Receiver receiver = channels.receiver("s", "g", attributes).acking();
        channels.send("s", 3, attributes).forEach(confirmed -> confirmed.join());
        await().untilAsserted(() -> assertThat(receiver.ids()).containsExactly("0", "1", "2"));
        assertThat(channels.connector.getReadiness().isOk()).isTrue();
    }

    private static Path certificate(Path directory) throws IOException, InterruptedException, GeneralSecurityException {
        Path store = directory.resolve("server.p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process made = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "redis",
                        "-keyalg",
                        "RSA",
                        "-validity",
                        "2",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(made.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD);
        Certificate certificate = keys.getCertificate("redis");
        pem(directory.resolve("cert.pem"), "CERTIFICATE", certificate.getEncoded());
        pem(
                directory.resolve("key.pem"),
                "PRIVATE KEY",
                keys.getKey("redis", PASSWORD).getEncoded());
        return trusting(directory.resolve("trusted.p12"), certificate);
    }

    private static Path trusting(Path store, Certificate certificate) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, PASSWORD);
        trusted.setCertificateEntry("redis", certificate);
        try (OutputStream out = Files.newOutputStream(store)) {
            trusted.store(out, PASSWORD);
        }
        return store;
    }

    private static void pem(Path file, String what, byte[] content) throws IOException {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        Files.writeString(file, "-----BEGIN " + what + "-----\n" + lines + "\n-----END " + what + "-----\n");
    }
}
