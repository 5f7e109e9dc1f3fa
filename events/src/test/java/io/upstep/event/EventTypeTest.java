package io.upstep.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EventTypeTest {

    /** This list only ever grows: others have these names in their code and configuration. */
    @Test
    void shouldKeepEveryNameWhenTheCodeChanges() {
        assertThat(Arrays.stream(EventType.values()).map(EventType::typeName))
                .containsExactlyInAnyOrder(
                        "io.upstep.observation.requested.v1",
                        "io.upstep.installation.observed.v1",
                        "io.upstep.step.requested.v1",
                        "io.upstep.step.cancel.requested.v1",
                        "io.upstep.lease.release.requested.v1",
                        "io.upstep.step.progressed.v1",
                        "io.upstep.step.executed.v1",
                        "io.upstep.step.completed.v1",
                        "io.upstep.plan.verification.requested.v1",
                        "io.upstep.plan.verification.progressed.v1",
                        "io.upstep.upgrade.completed.v1",
                        "io.upstep.worker.seen.v1");
    }

    @Test
    void shouldKnowEveryDataClassWhenItIsAnEvent() {
        assertThat(EventData.class.getPermittedSubclasses())
                .containsExactlyInAnyOrder(Arrays.stream(EventType.values())
                        .map(EventType::dataClass)
                        .toArray(Class[]::new));
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void shouldBeFoundWhenAskedByNameOrData(EventType type) {
        assertThat(EventType.named(type.typeName())).contains(type);
        assertThat(EventType.carrying(type.dataClass())).isEqualTo(type);
        assertThat(EventType.of(Golden.data(type))).isEqualTo(type);
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void shouldConcernAClusterWhenRoutedByIt(EventType type) {
        if (type.routedByCluster()) {
            assertThat(Golden.data(type).cluster()).isEqualTo("east");
        }
    }

    @Test
    void shouldNameNoTypeWhenTheNameIsForeign() {
        assertThat(EventType.named("com.example.order.placed")).isEmpty();
    }
}
