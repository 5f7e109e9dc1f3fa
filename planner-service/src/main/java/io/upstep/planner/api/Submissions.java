package io.upstep.planner.api;

import io.upstep.planner.api.Problem.Invalid;
import io.upstep.planner.plan.JournalSignal;
import io.upstep.planner.plan.Plan;
import io.upstep.planner.plan.PlanStatus;
import io.upstep.planner.plan.Plans;
import io.upstep.planner.plan.Submission;
import io.upstep.planner.recipe.Catalogue;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a submission and, for a client that prefers to wait, awaits what the first look at the installation brings. */
@ApplicationScoped
public class Submissions {
    private static final Pattern WAIT = Pattern.compile("\\bwait=(\\d{1,4})\\b");
    private static final long LONGEST = 30;

    private final Plans plans;
    private final JournalSignal signal;
    private final Catalogue catalogue;
    private final PlatformsResource platforms;

    Submissions(Plans plans, JournalSignal signal, Catalogue catalogue, PlatformsResource platforms) {
        this.plans = plans;
        this.signal = signal;
        this.catalogue = catalogue;
        this.platforms = platforms;
    }

    /** @throws ProblemException if it is not a submission for a platform we know, with the parameters that asks for */
    Submission read(byte[] body) {
        Submission submission = PlanRequests.submission(body);
        if (catalogue.platform(submission.platform()).isEmpty()) {
            throw platforms.unknown(422, submission.platform());
        }
        List<Invalid> wrong = catalogue.parameterProblems(submission.platform(), submission.parameters()).stream()
                .map(p -> new Invalid("/parameters/" + p.parameter(), p.expected(), p.actual(), p.remedy()))
                .toList();
        if (!wrong.isEmpty()) {
            Invalid first = wrong.get(0);
            throw new ProblemException(Problem.of(
                            ProblemCode.INVALID_REQUEST,
                            first.expected() + " at " + first.pointer(),
                            first.actual(),
                            first.remedy())
                    .withErrors(wrong));
        }
        return submission;
    }

    /** @param prefer the request's Prefer header (RFC 7240); without {@code wait} in it there is no waiting */
    Plan await(Plan submitted, String prefer) {
        Matcher wait = WAIT.matcher(prefer == null ? "" : prefer);
        return wait.find() ? await(submitted, Math.min(LONGEST, Long.parseLong(wait.group(1)))) : submitted;
    }

    private Plan await(Plan submitted, long seconds) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        Semaphore told = new Semaphore(0);
        try (JournalSignal.Listening listening = signal.listen(position -> told.release())) {
            Plan plan = submitted;
            while (plan.status() == PlanStatus.OBSERVING) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    return plan;
                }
                // Another replica's commit is announced by no signal here: look once a second anyway.
                told.tryAcquire(Math.min(left, TimeUnit.SECONDS.toNanos(1)), TimeUnit.NANOSECONDS);
                told.drainPermits();
                plan = plans.find(submitted.id()).orElse(plan);
            }
            return plan;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return submitted;
        }
    }
}
