package io.upstep.executor.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MarkDoneTest {
    private final MarkDone action = new MarkDone();

    @Test
    void shouldSayWhoAndWhyWhenItIsMarkedDone() {
        MarkDone.With with = new MarkDone.With("ann", "ran the migration by hand");

        assertThat(action.run(with, null).summary()).isEqualTo("marked done by ann: ran the migration by hand");
        assertThat(action.preview(with, null).summary()).contains("would change nothing", "ann");
    }

    @Test
    void shouldSayWhatIsMissingWhenThereIsNoReason() {
        assertThatThrownBy(() -> new MarkDone.With("ann", " ")).hasMessageContaining("'reason'");
    }
}
