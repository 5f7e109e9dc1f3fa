package io.upstep.verifier.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.upstep.verifier.check.kubernetes.Looking;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretLookingTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password: hush",
                "postgresqlPassword: hush",
                "POSTGRES_PASSWORD: hush",
                "rabbitmqErlangCookieSecret: hush",
                "apiKey: hush",
                "secretKey: hush",
                "awsSecretAccessKey: hush",
                "aws-access-key: hush",
                "encryptionKey: hush",
                "reposAccessToken: hush",
                "adminToken: hush",
                "secret: hush",
                "credentials: {user: hush, other: [hush]}",
                "auth: {passphrase: hush}",
                "secrets: {one: hush, two: {three: hush}}",
                "env: [{name: ANY, value: hush}]",
                "sentry: {dsn: hush}",
                "url: 'postgres://user:hush@host/db'",
                "extra: 'host=db password=hush'",
                "config: \"-----BEGIN RSA PRIVATE KEY-----\\nhush\"",
                "script: \"a: b\\nDB_PASSWORD: hush\"",
                "users: [{login: admin, pwd: hush}]"
            })
    void shouldHideWhatLooksSecret(String yaml) {
        JsonNode told = SecretLooking.hidden(Looking.yaml(yaml));

        assertThat(told.toString()).doesNotContain("hush").contains("***");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "existingSecret: login",
                "auth: {existingSecret: login, existingSecretPasswordKey: password}",
                "encryptionSecret: login",
                "ssl: {enabled: true, secretName: login, path: /etc/ssl}",
                "imagePullSecrets: [login]",
                "secretRefs: [login]",
                "secret: {name: login, mountPath: /etc/login}",
                "tolerations: [{key: gpu, operator: Exists, effect: NoSchedule}]",
                "affinity: {topologyKey: zone}",
                "monkey: chimp",
                "usePassword: true",
                "password: ''",
                "password: null",
                "url: 'https://host:8080/path'",
                "gateway: {service: {type: ClusterIP, port: 80}}"
            })
    void shouldTellWhatOnlyNamesASecretOrIsNone(String yaml) {
        JsonNode values = Looking.yaml(yaml);

        assertThat(SecretLooking.hidden(values)).isEqualTo(values);
    }

    @Test
    void shouldKeepTheTypesOfWhatItHides() {
        assertThat(SecretLooking.hidden(Looking.yaml("{password: 1234, token: true, keys: [a, 1]}")))
                .isEqualTo(Looking.yaml("{password: 0, token: true, keys: ['***', 0]}"));
    }

    @Test
    void shouldSayHowLongATextIsWhenItIsTooLongToTell() {
        assertThat(SecretLooking.hidden("notes", TextNode.valueOf("a".repeat(5000)))
                        .asText())
                .isEqualTo("(a text of 5000 characters)");
    }
}
