package io.upstep.broker.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisAddressTest {

    @Test
    void shouldReadEveryPartOfAUri() {
        RedisAddress address = RedisAddress.parse("rediss://worker:s3cret@redis.example:7000/2");
        assertThat(address.server().getHost()).isEqualTo("redis.example");
        assertThat(address.server().getPort()).isEqualTo(7000);
        assertThat(address.user()).isEqualTo("worker");
        assertThat(address.password()).isEqualTo("s3cret");
        assertThat(address.database()).isEqualTo(2);
        assertThat(address.tls()).isTrue();
    }

    @Test
    void shouldUseTheUsualPortAndDatabaseWhenTheUriNamesNone() {
        RedisAddress address = RedisAddress.parse("redis://localhost");
        assertThat(address.server().getPort()).isEqualTo(6379);
        assertThat(address.database()).isZero();
        assertThat(address.tls()).isFalse();
    }

    @Test
    void shouldNotShowThePasswordWhenPrinted() {
        assertThat(RedisAddress.parse("redis://worker:s3cret@localhost").toString())
                .isEqualTo("Redis at localhost:6379");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://u:s3cret@localhost", "localhost:6379", "redis://", "redis://u:s3cret@ho st", ""})
    void shouldSayWhatWasExpectedWithoutShowingWhatCameWhenItIsNoRedisUri(String uri) {
        assertThatThrownBy(() -> RedisAddress.parse(uri))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected redis://host:port/database")
                .hasMessageNotContaining("s3cret");
    }
}
