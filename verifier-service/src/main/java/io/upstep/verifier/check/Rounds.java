package io.upstep.verifier.check;

import io.upstep.event.Evidence;
import io.upstep.verifier.VerifierConfig;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Looks at all checks, again and again, until all are good in the same round or one cannot become good any more: what
 * passes has been good at one moment, not each part at another.
 */
final class Rounds {
    private final List<CheckRun> runs;
    private final Consumer<List<Evidence>> seen;
    private final Workers workers;
    private final Executor pool;
    private final VerifierConfig config;
    private final Clock clock;
    private final CompletableFuture<List<Evidence>> result = new CompletableFuture<>();
    private Duration pause;

    Rounds(
            List<CheckRun> runs,
            Consumer<List<Evidence>> seen,
            Workers workers,
            Executor pool,
            VerifierConfig config,
            Clock clock) {
        this.runs = runs;
        this.seen = seen;
        this.workers = workers;
        this.pool = pool;
        this.config = config;
        this.clock = clock;
        this.pause = config.shortestPause();
    }

    CompletableFuture<List<Evidence>> start() {
        round();
        return result;
    }

    private void round() {
        List<CompletableFuture<List<Evidence>>> looks =
                runs.stream().map(run -> run.look(pool, config.lookTimeout())).toList();
        CompletableFuture.allOf(looks.toArray(CompletableFuture[]::new))
                .thenAccept(
                        all -> judge(looks.stream().map(CompletableFuture::join).toList()))
                .whenComplete((nothing, broken) -> {
                    if (broken != null) {
                        result.completeExceptionally(broken);
                    }
                });
    }

    private void judge(List<List<Evidence>> looks) {
        List<Evidence> evidence = looks.stream().flatMap(List::stream).toList();
        boolean good = true;
        boolean over = false;
        for (int i = 0; i < runs.size(); i++) {
            boolean passed = looks.get(i).stream().allMatch(e -> e.result() == Evidence.Result.PASSED);
            good &= passed;
            over |= !passed && runs.get(i).isOver();
        }
        if (good || over) {
            result.complete(evidence);
        } else {
            seen.accept(evidence);
            workers.after(nextPause(), pool, this::round);
        }
    }

    /** Doubles, but never sleeps past a deadline: the last look is made when the time is over, not before. */
    private Duration nextPause() {
        Duration wanted = pause;
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(config.longestPause()) > 0 ? config.longestPause() : doubled;
        Instant now = clock.instant();
        return runs.stream()
                .map(run -> Duration.between(now, run.deadline()))
                .filter(left -> left.compareTo(Duration.ZERO) > 0 && left.compareTo(wanted) < 0)
                .min(Duration::compareTo)
                .orElse(wanted);
    }
}
