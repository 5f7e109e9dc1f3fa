package io.upstep.planner.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.upstep.broker.EventBroker;
import io.upstep.broker.UndeliverableException;
import io.upstep.event.StepRequested;
import io.upstep.planner.plan.Happening;
import io.upstep.planner.plan.Hold;
import io.upstep.planner.plan.Plan;
import io.upstep.planner.store.Answers;
import io.upstep.planner.store.Outbox;
import io.upstep.planner.store.Planner;
import io.upstep.planner.store.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RelayTest {
    private final FakeBroker broker = new FakeBroker();
    private Planner planner;

    @BeforeEach
    void open() {
        planner = new Planner(TestServer.newDatabase());
    }

    @AfterEach
    void close() {
        broker.close();
        planner.close();
    }

    private Relay relay() {
        return new Relay(planner.applier, planner.database, broker, planner.commits, planner.clock);
    }

    private Map<String, List<String>> idsByPlan() {
        return broker.published.stream()
                .collect(Collectors.groupingBy(
                        EventBroker.Encoded::key, Collectors.mapping(EventBroker.Encoded::id, Collectors.toList())));
    }

    @Test
    void shouldPublishWhatWasCommittedWhenNobodyWasThereToPublishIt() {
        planner.running("a");
        assertThat(planner.outbox()).isEqualTo(2);

        relay().publishSome();

        assertThat(broker.published)
                .extracting(EventBroker.Encoded::type)
                .containsExactly("io.upstep.observation.requested.v1", "io.upstep.step.requested.v1");
        assertThat(broker.published.get(1).cluster()).isEqualTo("east");
        assertThat(FakeBroker.decode(broker.published.get(1)).data()).isInstanceOf(StepRequested.class);
        assertThat(planner.outbox()).isZero();
    }

    @Test
    void shouldPublishAtOnceWhenItRunsWhileSomethingIsCommitted() {
        try (Relay relay = relay()) {
            relay.start();
            planner.running("a");
            await().atMost(Duration.ofSeconds(60)).until(() -> broker.published.size() == 2);
        }
    }

    @Test
    void shouldKeepTheMessageAndThoseAfterItWhenTheBrokerDoesNotConfirm() {
        broker.confirm = event -> event.type().contains("observation")
                ? CompletableFuture.failedFuture(new IllegalStateException("no confirm"))
                : CompletableFuture.completedFuture(null);
        planner.running("a");

        relay().publishSome();

        assertThat(broker.published).isEmpty();
        assertThat(planner.outbox()).isEqualTo(2);
        broker.confirm = event -> CompletableFuture.completedFuture(null);
        assertThat(relay().publishSome()).as("before its time").isZero();
        planner.clock.advance(Duration.ofSeconds(1));
        assertThat(relay().publishSome()).isEqualTo(2);
        assertThat(broker.published.get(0).type()).contains("observation");
    }

    @Test
    void shouldGoOnWithOtherPlansWhenOneMessageCannotBePublished() {
        Plan bad = planner.running("bad");
        broker.confirm = event -> {
            if (event.key().equals(bad.id())) {
                throw new IllegalArgumentException("no such destination");
            }
            return CompletableFuture.completedFuture(null);
        };
        planner.running("good");

        assertThat(relay().publishSome()).isEqualTo(2);
        assertThat(planner.outbox()).isEqualTo(2);
    }

    @Test
    void shouldPublishEverythingInOrderOfEachPlanWhenSeveralRelaysShareTheWork() {
        Map<String, Integer> busy = new ConcurrentHashMap<>();
        Set<String> overlaps = ConcurrentHashMap.newKeySet();
        broker.confirm = event -> CompletableFuture.supplyAsync(() -> {
            if (busy.putIfAbsent(event.key(), 1) != null) {
                overlaps.add(event.key());
            }
            Thread.onSpinWait();
            busy.remove(event.key());
            return null;
        });
        try (Relay one = relay();
                Relay two = relay()) {
            one.start();
            two.start();
            List<Plan> plans = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                plans.add(planner.running("r" + i));
            }
            for (Plan plan : plans) {
                Plan second = planner.apply(plan, Answers.passed(plan));
                planner.apply(second, new Happening.Cancel("ann", null, false));
            }
            await().atMost(Duration.ofSeconds(20)).until(() -> planner.outbox() == 0);
        }

        assertThat(overlaps).as("two at once for one plan").isEmpty();
        Map<String, List<String>> published = idsByPlan();
        assertThat(published).hasSize(20);
        published.values().forEach(ids -> assertThat(new HashSet<>(ids)).hasSize(4));
        broker.published.stream()
                .collect(Collectors.groupingBy(EventBroker.Encoded::key))
                .values()
                .forEach(events -> assertThat(
                                events.stream().map(EventBroker.Encoded::type).distinct())
                        .containsExactly(
                                "io.upstep.observation.requested.v1",
                                "io.upstep.step.requested.v1",
                                "io.upstep.step.cancel.requested.v1"));
    }

    @Test
    void shouldLeaveAPlanToTheRelayThatIsAtItAndTakeItOverWhenThatOneIsGone() {
        Plan plan = planner.submitted("a");
        planner.database.transact(connection -> Outbox.claim(
                connection, planner.clock.instant(), planner.clock.instant().plusSeconds(20), 10));

        assertThat(relay().publishSome()).isZero();
        planner.clock.advance(Duration.ofSeconds(20));
        assertThat(relay().publishSome()).isEqualTo(1);
        assertThat(idsByPlan()).containsOnlyKeys(plan.id());
    }

    @Test
    void shouldNotWaitForARelayThatWasKilledWhenThePlannerStartsAnew() {
        planner.submitted("a");
        planner.database.transact(connection -> Outbox.claim(
                connection, planner.clock.instant(), planner.clock.instant().plusSeconds(20), 10));

        try (Relay anew = relay()) {
            anew.start();
            await().atMost(Duration.ofSeconds(10)).until(() -> planner.outbox() == 0);
        }
    }

    @Test
    void shouldAlertOperatorsAndNotTryForEverWhenTheBrokerCanNeverTakeIt() {
        Plan plan = planner.submitted("a");
        broker.confirm = event -> CompletableFuture.failedFuture(new UndeliverableException("1000 bytes too large"));

        assertThat(relay().publishSome()).isEqualTo(1);

        assertThat(planner.outbox()).isZero();
        Plan alerted = planner.plans.find(plan.id()).orElseThrow();
        assertThat(alerted.hold()).contains(Hold.ALERT);
        assertThat(alerted.alert().text()).contains("observation.requested").contains("1000 bytes too large");
    }
}
