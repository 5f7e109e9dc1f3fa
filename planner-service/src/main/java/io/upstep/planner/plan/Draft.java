package io.upstep.planner.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.event.EventCodec;
import io.upstep.event.EventData;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A decision in the making. Lives for one call of the {@link Decider} and is seen by nobody else. */
final class Draft {
    static final String UNDELIVERABLE = "undeliverable";

    private final Instant now;
    private final Instant listeningSince;
    private final List<Entry> entries = new ArrayList<>();
    private final List<EventData> messages = new ArrayList<>();
    private Plan plan;

    Draft(Plan plan, Instant now) {
        this(plan, now, Instant.MIN);
    }

    /** @param listeningSince since when what others say is heard */
    Draft(Plan plan, Instant now, Instant listeningSince) {
        this.plan = plan;
        this.now = now;
        this.listeningSince = listeningSince;
    }

    /** When it was last heard, or could have been: silence while nobody could hear means nothing. */
    Instant heard(Instant last) {
        return last.isBefore(listeningSince) ? listeningSince : last;
    }

    Plan plan() {
        return plan;
    }

    Instant now() {
        return now;
    }

    /** The id of the plan's n-th question; never given out twice, not even after the database was restored from a backup. */
    String question(String kind, int number) {
        return plan.id() + "-" + kind + number + "-" + now.getEpochSecond();
    }

    void become(Plan changed) {
        plan = changed;
    }

    void say(EventData message) {
        messages.add(message);
    }

    /** @param pairs name, value, name, value; a null value is left out */
    void log(Entry.Type type, String actor, Object... pairs) {
        ObjectNode data = EventCodec.mapper().createObjectNode();
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i + 1] != null) {
                data.set((String) pairs[i], EventCodec.mapper().valueToTree(pairs[i + 1]));
            }
        }
        entries.add(new Entry(type, actor, data));
    }

    /** Wakes the plan after a while, instead of whenever it would have been woken. */
    void wakeAfter(Duration wait, Timer.Purpose purpose) {
        wakeAt(now.plus(wait), purpose);
    }

    void wakeAt(Instant at, Timer.Purpose purpose) {
        plan = plan.withTimer(new Timer(at, purpose));
    }

    /** Somebody should look at it. Told once, until something else happens to the plan. */
    void alert(String code, String text) {
        Alert before = plan.alert();
        // What can never be said is why nobody answers, and remains the news.
        boolean known =
                before != null && (before.code().equals(code) || before.code().equals(UNDELIVERABLE));
        if (!known) {
            plan = plan.withAlert(new Alert(code, Sentences.of(text), now));
            log(
                    Entry.Type.PLAN_ALERTED,
                    Entry.PLANNER,
                    "code",
                    code,
                    "text",
                    plan.alert().text());
        }
    }

    void move(PlanStatus next, String reason) {
        if (!plan.status().canBecome(next)) {
            throw new IllegalStateException("plan " + plan.id() + " was about to become " + next + " from "
                    + plan.status() + ", which must not happen: the decider has a bug, nothing was changed");
        }
        PlanStatus before = plan.status();
        plan = plan.with(p -> p.status(next)
                .reason(reason)
                .statusSince(before == next ? p.statusSince() : now)
                .timer(null)
                .finishedAt(next.isTerminal() ? now : null));
        if (next.isTerminal()) {
            plan = plan.withIntent(null).withAlert(null);
            if (plan.startedAt() != null) {
                say(Messages.release(plan));
            }
        }
    }

    /** The next fencing number; from now on whoever works under a lower one must stop. */
    long raiseEpoch() {
        plan = plan.withEpoch(plan.epoch() + 1);
        return plan.epoch();
    }

    Decision decision(Plan before) {
        return new Decision(plan.equals(before) ? before : plan.withUpdatedAt(now), entries, messages);
    }
}
