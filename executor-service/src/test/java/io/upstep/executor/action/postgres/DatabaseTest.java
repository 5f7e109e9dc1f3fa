package io.upstep.executor.action.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"postgres", "localhost", "127.0.0.1", "::1", "db.shop.svc", "db.shop.svc.cluster.local", "DB"})
    void shouldPreferEncryptionWhenTheHostIsNear(String host) {
        assertThat(database(host, null).sslMode()).isEqualTo(Database.SslMode.PREFER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"db.example.com", "10.0.0.7", "2001:db8::1", "fd00::1", "127.example.com", "db.svc.example.com"})
    void shouldRequireEncryptionWhenTheHostIsNotNear(String host) {
        assertThat(database(host, null).sslMode()).isEqualTo(Database.SslMode.REQUIRE);
    }

    @Test
    void shouldDoAsItIsToldWhenTheModeIsSaid() {
        assertThat(database("db.example.com", Database.SslMode.DISABLE).sslMode())
                .isEqualTo(Database.SslMode.DISABLE);
    }

    private static Database database(String host, Database.SslMode mode) {
        return new Database(host, null, null, "shop", null, new Database.SecretRef("login", null, null), mode);
    }
}
