package io.upstep.standalone.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;

/** Keeps plans under way, as people do it: submits, starts, pauses, cancels, retries, rolls back. */
final class Stage {
    private static final String WHY = "{\"reason\": \"the fault injection\"}";
    /** One in so many looks at a running plan, somebody does something to it. */
    private static final int RARELY = 12;

    private static final List<String> WHIMS =
            List.of("pause", "cancel", "cancel and undo", "rollback", "abandon", "skip", "mark-done");

    private final Upstep upstep;
    private final Tally tally;
    private final List<Site> sites;
    private final SplittableRandom random;
    private final Set<String> plans = new LinkedHashSet<>();

    Stage(Upstep upstep, Tally tally, List<Site> sites, long seed) {
        this.upstep = upstep;
        this.tally = tally;
        this.sites = sites;
        this.random = new SplittableRandom(seed);
    }

    /** The plans that anything may have happened to since the last time. */
    List<String> touched() {
        List<String> touched = new ArrayList<>(plans);
        plans.clear();
        return touched;
    }

    /** Looks at each site once, and does there what comes next. */
    void tend() {
        for (Site site : sites) {
            Optional<JsonNode> plan = look(site);
            if (site.plan() == null || plan.filter(Moment::isOver).isPresent()) {
                submit(site, plan, true);
            } else {
                plan.ifPresent(found -> goOn(site, found));
            }
        }
    }

    /** Brings the site's plan towards a moment, as far as people can. */
    void lead(Site site, Moment wanted) {
        JsonNode plan = look(site).orElse(null);
        if (wanted.is("OBSERVING") || wanted.is("PLANNED")) {
            if (plan != null && !Moment.isOver(plan)) {
                act(site, random.nextBoolean() ? "cancel" : "abandon", WHY);
            }
            submit(site, look(site), wanted.is("OBSERVING"));
        } else if (wanted.is("PAUSED")) {
            act(site, "pause", WHY);
        } else if (wanted.is("RUNNING/STOPPING")) {
            act(site, "cancel", WHY);
        } else if (wanted.is("ROLLING_BACK")) {
            act(site, "rollback", WHY);
        }
    }

    /** Where each site's plan is now; sites of which nobody can say anything are left out. */
    Map<Site, Moment> moments() {
        Map<Site, Moment> moments = new LinkedHashMap<>();
        for (Site site : sites) {
            look(site).ifPresent(plan -> moments.put(site, Moment.of(plan)));
        }
        return moments;
    }

    /** Moves on what waits for a person. @return whether every plan is over */
    boolean settle() {
        boolean over = true;
        for (Site site : sites) {
            Optional<JsonNode> plan = look(site);
            boolean done = site.plan() == null || plan.filter(Moment::isOver).isPresent();
            if (!done) {
                plan.ifPresent(found -> release(site, found));
            }
            over &= done;
        }
        return over;
    }

    Upstep.Answer act(Site site, String verb, String body) {
        if (site.plan() == null) {
            return new Upstep.Answer(0, MissingNode.getInstance());
        }
        Upstep.Answer answer = upstep.act(site.plan(), verb, body);
        tally.verb(verb, answer.status());
        return answer;
    }

    private void goOn(Site site, JsonNode plan) {
        if (random.nextInt(RARELY) == 0) {
            whim(site, plan);
        } else {
            release(site, plan);
        }
    }

    private void release(Site site, JsonNode plan) {
        switch (plan.path("status").asText()) {
            case "PLANNED" -> act(site, "start", WHY);
            case "PAUSED" -> act(site, "resume", WHY);
            default -> {
                // Goes on by itself.
            }
        }
    }

    private void whim(Site site, JsonNode plan) {
        String verb = WHIMS.get(random.nextInt(WHIMS.size()));
        if (verb.equals("cancel and undo")) {
            act(site, "cancel", "{\"reason\": \"the fault injection\", \"undo\": true}");
            return;
        }
        boolean aboutAStep = verb.equals("skip") || verb.equals("mark-done");
        act(site, verb, aboutAStep ? aboutLastStep(plan) : WHY);
    }

    private static String aboutLastStep(JsonNode plan) {
        JsonNode steps = plan.path("steps");
        String step = steps.path(steps.size() - 1).path("id").asText("none");
        return "{\"reason\": \"the fault injection\", \"step\": \"" + step + "\"}";
    }

    private void submit(Site site, Optional<JsonNode> last, boolean automatic) {
        boolean retried = last.filter(plan -> plan.path("status").asText().equals("FAILED"))
                        .isPresent()
                && random.nextBoolean()
                && act(site, "retry", WHY).isGiven();
        if (retried) {
            return;
        }
        if (site.key() == null) {
            site.next(UUID.randomUUID().toString(), automatic);
        }
        // The same again and again until somebody answers, also when the first time was heard and only the answer lost.
        Upstep.Answer answer = upstep.submit(site.key(), site.submission());
        tally.verb("submit", answer.status());
        if (answer.isGiven()) {
            site.accepted(answer.body().path("id").asText());
        } else if (answer.status() == 422) {
            throw new AssertionError("expected " + site.submission() + " to be accepted, came " + answer.body());
        }
    }

    private Optional<JsonNode> look(Site site) {
        if (site.plan() == null) {
            return Optional.empty();
        }
        plans.add(site.plan());
        return upstep.plan(site.plan());
    }
}
