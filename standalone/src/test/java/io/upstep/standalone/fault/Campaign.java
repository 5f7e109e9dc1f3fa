package io.upstep.standalone.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.core.ConditionTimeoutException;

/** Rounds of faults on one broker: plans are kept under way and hurt; then everything is healed, and what must hold is checked. */
final class Campaign {
    private static final int SITES = 4;
    private static final int ROUND = 25;
    /** How long it is waited for the moment a fault is to hit. */
    private static final Duration AIM = Duration.ofMillis(1_200);

    /** The same for moments that a plan reaches only after the step under way. */
    private static final Duration AIM_FAR = Duration.ofMillis(3_000);

    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration SETTLED = Duration.ofSeconds(120);
    private static final Duration RELEASED = Duration.ofSeconds(60);
    private static final String WHY = "{\"reason\": \"the round is over\"}";

    private final BrokerKind kind;
    private final long seed;
    private final int count;
    private final Tally tally = new Tally();

    Campaign(BrokerKind kind, long seed, int count) {
        this.kind = kind;
        this.seed = seed;
        this.count = count;
    }

    Tally tally() {
        return tally;
    }

    /** @return the result on one line of JSON */
    String run(Path directory) throws Exception {
        List<Site> sites = new ArrayList<>();
        for (int i = 1; i <= SITES; i++) {
            sites.add(new Site("shop-" + i));
        }
        try (Scene scene = Scene.open(kind, directory, sites);
                Injector injector = new Injector(scene, tally)) {
            Stage stage = new Stage(scene.upstep(), tally, sites, seed);
            Choices choices = new Choices(seed, SITES, fault -> isPossible(scene, fault));
            Invariants invariants = new Invariants(scene, tally);
            long position = 0;
            while (tally.injected() < count) {
                Follower follower = new Follower(scene.upstep().planners(), position);
                try (follower) {
                    follower.start();
                    round(scene, injector, stage, choices, sites);
                    settle(scene, stage, sites);
                    List<String> plans = stage.touched();
                    invariants.check(plans, follower);
                    position = invariants.position();
                    record(scene, plans);
                    checkEffects(scene, sites);
                }
                System.out.printf("faults on %s: %d of %d injected%n", kind, tally.injected(), count);
            }
            invariants.checkHistory();
            invariants.countCompletions();
        }
        return tally.json(kind, seed, count);
    }

    private static void checkEffects(Scene scene, List<Site> sites) {
        try (KubernetesClient client = scene.cluster().client()) {
            for (Site site : sites) {
                scene.upstep().plan(site.plan()).ifPresent(plan -> Effects.check(client, site, plan));
            }
        }
    }

    private void round(Scene scene, Injector injector, Stage stage, Choices choices, List<Site> sites) {
        int goal = Math.min(tally.injected() + ROUND, count);
        for (int tried = 0; tried < 3 * ROUND && tally.injected() < goal; tried++) {
            Choice choice = choices.next();
            injector.revive();
            stage.tend();
            Site site = sites.get(choice.site());
            stage.lead(site, choice.when());
            Moment moment = aim(stage, choice.when());
            System.out.printf("%s %d %s at %s%n", LocalTime.now(), choice.number(), choice.fault(), moment.text());
            injector.inject(choice, moment);
        }
        injector.heal();
    }

    /** Waits for a plan that is where the fault is to hit; after a while whatever there is will do. */
    private static Moment aim(Stage stage, Moment wanted) {
        Map<Site, Moment> last = new HashMap<>();
        try {
            await("a plan that is " + wanted)
                    .atMost(wanted.isFar() ? AIM_FAR : AIM)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(40))
                    .until(() -> {
                        last.putAll(stage.moments());
                        return last.containsValue(wanted);
                    });
            return wanted;
        } catch (ConditionTimeoutException noneWas) {
            return last.isEmpty() ? anything(stage) : working(last);
        }
    }

    /** While no planner answers, faults would only hit what is down already. */
    private static Moment anything(Stage stage) {
        try {
            return working(await("a planner that answers")
                    .atMost(ANSWER)
                    .pollInterval(Duration.ofMillis(100))
                    .until(stage::moments, moments -> !moments.isEmpty()));
        } catch (ConditionTimeoutException noneDid) {
            return Moment.UNKNOWN;
        }
    }

    private static Moment working(Map<Site, Moment> moments) {
        return moments.values().stream()
                .filter(moment -> !moment.isOver())
                .findFirst()
                .orElse(Moment.UNKNOWN);
    }

    /** Every plan ends by itself, or says who can end it, and then that does. */
    private void settle(Scene scene, Stage stage, List<Site> sites) {
        try {
            await("all plans to be over")
                    .atMost(SETTLED)
                    .pollInterval(Duration.ofMillis(200))
                    .until(stage::settle);
        } catch (ConditionTimeoutException e) {
            for (Site site : sites) {
                release(scene, stage, site);
            }
        }
    }

    private void release(Scene scene, Stage stage, Site site) {
        JsonNode plan = scene.upstep().plan(site.plan()).orElseThrow();
        if (Moment.isOver(plan)) {
            return;
        }
        JsonNode why = plan.path("why");
        System.out.printf("explained: %s%n", why);
        assertThat(why.path("releasedBy").asText(""))
                .as("who can release plan %s: %s%n%s", site.plan(), why, scene.logs())
                .isNotBlank();
        tally.count("explained", 1);
        await("plan " + site.plan() + " to end when it is cancelled, or else abandoned: " + why)
                .atMost(RELEASED)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    if (!stage.act(site, "cancel", WHY).isGiven()) {
                        stage.act(site, "abandon", WHY);
                    }
                    return scene.upstep()
                            .plan(site.plan())
                            .filter(Moment::isOver)
                            .isPresent();
                });
    }

    private void record(Scene scene, List<String> plans) {
        for (String plan : plans) {
            Optional<JsonNode> found = scene.upstep().plan(plan);
            tally.ended(found.map(p -> p.path("status").asText()).orElse("not seen"));
        }
    }

    private static boolean isPossible(Scene scene, Fault fault) {
        if (fault.isMessage()) {
            return scene.wire().isReachable();
        }
        return fault.role() == null || !scene.victims(fault.role()).isEmpty();
    }
}
