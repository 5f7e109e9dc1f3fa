package io.upstep.broker.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class StreamRecordTest {

    @Test
    void shouldReadBackWhatItWrote() {
        StreamRecord record = new StreamRecord("1", "plan-7", "text", Map.of("trace", "abc"));
        assertThat(StreamRecord.read("5-0", record.fields())).isEqualTo(record);
    }

    @Test
    void shouldTakeTheEntrysIdWhenTheSenderGaveNone() {
        StreamRecord record = StreamRecord.read("5-0", Map.of("foo", "bar"));
        assertThat(record).isEqualTo(new StreamRecord("5-0", "5-0", "", Map.of("foo", "bar")));
    }

    @Test
    void shouldRefuseAHeaderThatWouldHideTheMessage() {
        assertThatThrownBy(() -> new StreamRecord("1", "k", "text", Map.of("payload", "other")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'payload'");
    }
}
