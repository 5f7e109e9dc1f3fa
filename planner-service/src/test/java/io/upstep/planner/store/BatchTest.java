package io.upstep.planner.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.upstep.planner.plan.Happening;
import io.upstep.planner.plan.JournalEntry;
import io.upstep.planner.plan.Plan;
import io.upstep.planner.plan.PlanStatus;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BatchTest {
    private Planner planner;

    @BeforeEach
    void open() {
        planner = new Planner(TestServer.newDatabase());
    }

    @AfterEach
    void close() {
        planner.close();
    }

    private static Change change(Plan plan, Happening happening) {
        return new Change(UUID.fromString(plan.id()), happening);
    }

    @Test
    void shouldApplyTheOthersWhenOneOfThemIsRefused() {
        Plan a = planner.submitted("a");
        Plan b = planner.submitted("b");

        List<Changed> results = planner.applier.apply(List.of(
                change(a, new Happening.Start("bob", null)),
                change(b, Planner.observed(b)),
                change(a, Planner.observed(a)),
                new Change(UUID.randomUUID(), Planner.observed(a))));

        assertThat(results.get(0).problem()).hasMessageContaining("PLANNED");
        assertThat(results.get(1).plan().status()).isEqualTo(PlanStatus.RUNNING);
        assertThat(results.get(2).plan().status()).isEqualTo(PlanStatus.RUNNING);
        assertThat(results.get(3).plan()).isNull();
    }

    @Test
    void shouldWriteNothingWhenNothingFollows() {
        Plan a = planner.running("a");
        long before = planner.plans.lastPosition();

        planner.applier.apply(List.of(change(a, new Happening.TimerDue()), change(a, Planner.observed(a))));

        assertThat(planner.plans.lastPosition()).isEqualTo(before);
    }

    /** Overlapping sets of plans in different orders: a lock taken in the wrong order would be a deadlock. */
    @Test
    void shouldNeitherDeadlockNorLeaveGapsWhenManyChangeTheSamePlansAtOnce() {
        List<Plan> plans =
                IntStream.range(0, 8).mapToObj(i -> planner.running("r" + i)).toList();
        CompletableFuture<?>[] all = IntStream.range(0, 40)
                .mapToObj(i -> CompletableFuture.runAsync(() -> {
                    Plan one = plans.get(i % 8);
                    Plan other = plans.get((i * 5 + 3) % 8);
                    planner.applier.apply(List.of(
                            change(one, new Happening.Pause("p" + i, null)),
                            change(other, new Happening.Resume("r" + i, null))));
                }))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(all).join();

        for (Plan plan : plans) {
            List<JournalEntry> journal = planner.plans.journal(plan.id(), 0, 1000);
            assertThat(journal).extracting(JournalEntry::seq).isEqualTo(upTo(journal.size()));
        }
        List<JournalEntry> events = planner.plans.events(0, 10_000);
        assertThat(events).extracting(JournalEntry::position).isEqualTo(upTo(events.size()));
    }

    private static List<Long> upTo(int last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }
}
