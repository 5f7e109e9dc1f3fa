package io.upstep.verifier.check;

import io.upstep.event.CheckSpec;
import io.upstep.event.Evidence;
import io.upstep.verifier.cluster.KindNotServedException;
import io.upstep.verifier.cluster.MissingSecretException;
import io.upstep.verifier.cluster.NoAnswerException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** One check being made: look by look, until it is good, its time is over, or it cannot become good any more. */
final class CheckRun {
    private static final Logger LOG = Logger.getLogger(CheckRun.class);

    private final CheckContext context;
    private final Instant deadline;
    private final Look look;
    private volatile CompletableFuture<List<Evidence>> pending;
    private volatile boolean broken;

    private CheckRun(CheckSpec spec, CheckContext context, Look look) {
        this.context = context;
        this.deadline = context.clock().instant().plus(spec.within());
        this.look = look;
    }

    static CheckRun of(CheckSpec spec, Checks checks, CheckContext context) {
        try {
            Check<?> check = checks.named(spec.check())
                    .orElseThrow(() -> new BadParametersException(
                            "expected one of the checks " + checks.names() + ", came '" + spec.check() + "'"));
            return new CheckRun(spec, context, bind(check, spec, context));
        } catch (BadParametersException e) {
            return new CheckRun(spec, context, () -> {
                context.watch().hopeless();
                return List.of(context.unknown(context.installation().toString(), "a check to make", e.getMessage()));
            });
        }
    }

    /**
     * Looks once; never fails. While an earlier look still hangs there is no second one: it would only hang beside it. A look
     * that took longer than the limit is not in vain: its answer is the next one that is given.
     *
     * @param limit how long to wait before the look counts as unknown
     */
    CompletableFuture<List<Evidence>> look(Executor pool, Duration limit) {
        if (pending == null) {
            pending = CompletableFuture.supplyAsync(this::look, pool);
        }
        List<Evidence> late = List.of(unknown("the look took longer than " + limit));
        return pending.copy()
                .completeOnTimeout(late, limit.toMillis(), TimeUnit.MILLISECONDS)
                .thenApply(evidence -> {
                    if (evidence != late) {
                        pending = null;
                    }
                    return evidence;
                });
    }

    private List<Evidence> look() {
        context.watch().nextLook();
        try {
            List<Evidence> evidence = look.now();
            return evidence.isEmpty() ? List.of(unknown("the check saw nothing at all")) : evidence;
        } catch (NoAnswerException | KindNotServedException | MissingSecretException e) {
            return List.of(unknown(e.getMessage()));
        } catch (RuntimeException e) {
            if (!broken) {
                broken = true;
                LOG.errorf(e, "The check %s broke on %s", context.name(), context.installation());
            }
            return List.of(unknown("the check itself broke: " + e));
        }
    }

    private Evidence unknown(String reason) {
        return context.unknown(context.installation().toString(), "an answer", reason);
    }

    Instant deadline() {
        return deadline;
    }

    /** Whether looking again makes no sense, given that the last look was not good. */
    boolean isOver() {
        return context.watch().isHopeless() || !context.clock().instant().isBefore(deadline);
    }

    private static <P> Look bind(Check<P> check, CheckSpec spec, CheckContext context) throws BadParametersException {
        P with = Parameters.bind(check.name(), spec.with(), check.parameters());
        return () -> check.look(with, context);
    }

    private interface Look {
        List<Evidence> now();
    }
}
