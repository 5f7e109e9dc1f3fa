package io.upstep.executor.action.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProtobufMarksTest {

    @Test
    void shouldAddAnAnnotationAndLeaveTheRestAsItWas() {
        // Unknown{2: Secret{1: metadata{1: "a"}, 3: "t", 5: true}}
        byte[] body = HexFormat.of().parseHex("6b38730012" + "0a" + "0a030a0161" + "1a0174" + "2801");

        byte[] marked = ProtobufMarks.put(body, Map.of("k", "v"), null);

        assertThat(HexFormat.of().formatHex(marked))
                .isEqualTo("6b38730012" + "12" + "0a0b0a0161" + "62060a016b120176" + "1a0174" + "2801");
    }

    @Test
    void shouldRefuseWhatIsSomethingElse() {
        assertThatThrownBy(() -> ProtobufMarks.put("{}".getBytes(StandardCharsets.UTF_8), Map.of(), null))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
