package io.upstep.standalone.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.upstep.simulator.audit.WriteRecord;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What must hold after every round, whatever was done to the scene. */
final class Invariants {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Set<String> JUDGED =
            Set.of("plan.succeeded", "plan.failed", "plan.cancelled", "plan.rolled.back", "plan.reported");
    private static final int PAGE = 1_000;
    private static final int TRIES = 3;

    private final Scene scene;
    private final Tally tally;
    private final List<String> history = new ArrayList<>();
    private final Set<String> abandoned = new TreeSet<>();
    private long position;

    Invariants(Scene scene, Tally tally) {
        this.scene = scene;
        this.tally = tally;
    }

    /** @param plans all plans that anything may have happened to since the last time */
    void check(List<String> plans, Follower follower) {
        noEffectHadTwoOwners();
        noPlannerFailed();
        nothingIsStuck();
        Map<String, List<JsonNode>> journals = new HashMap<>();
        // The verifier's word on an abandoned plan comes when it comes: also while this looks.
        await("journals and streams to tell the same")
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> {
                    journals.clear();
                    Stream.concat(plans.stream(), abandoned.stream())
                            .forEach(plan -> journals.put(plan, journal(plan)));
                    journals.forEach(Invariants::hasNoGaps);
                    everySubscriberSawTheSame(journals, follower);
                });
        if (scene.wire().isReachable()) {
            everyJudgementWasToldOnce(journals);
        }
        journals.forEach((plan, journal) -> {
            if (journal.stream().anyMatch(entry -> entry.path("type").asText().equals("plan.abandoned"))) {
                abandoned.add(plan);
            }
        });
    }

    /** Whoever comes in the end and begins with the first event sees what others saw while it happened. */
    void checkHistory() {
        Follower late = new Follower(scene.upstep().planners(), 0);
        await("a subscriber that comes late to see all " + history.size() + " events")
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .until(() -> {
                    late.readOnce(history.size() - late.seen().size());
                    return late.seen().size() >= history.size();
                });
        assertThat(late.seen()).as("all events, from the first one").isEqualTo(history);
    }

    /** How completions reached subscribers, over all rounds. */
    void countCompletions() {
        if (!scene.wire().isReachable()) {
            return;
        }
        Map<String, Set<JsonNode>> contents = new HashMap<>();
        Map<String, Set<String>> endings = new HashMap<>();
        int deliveries = 0;
        for (JsonNode event : completions()) {
            JsonNode data = event.path("data");
            String verification = data.path("verificationId").asText();
            contents.computeIfAbsent(verification, v -> new HashSet<>()).add(data);
            endings.computeIfAbsent(verification, v -> new HashSet<>())
                    .add(data.path("ending").asText());
            deliveries++;
        }
        tally.count("completions", contents.size());
        tally.count("completionsDeliveredAgain", deliveries - contents.size());
        tally.count("completionsSaidByASecondVerifier", several(contents));
        tally.count("completionsContradicted", several(endings));
        tally.count("abandonedAndNotTold", abandonedAndNotTold());
    }

    private static int several(Map<String, ? extends Set<?>> said) {
        return (int) said.values().stream().filter(each -> each.size() > 1).count();
    }

    /** Nobody waits for the verifier's word on an abandoned plan, so it is not asked for twice, and may be lost. */
    private int abandonedAndNotTold() {
        return (int) abandoned.stream()
                .filter(plan -> journal(plan).stream()
                        .anyMatch(entry -> entry.path("type").asText().equals("plan.started")))
                .filter(plan -> told(plan).isEmpty())
                .count();
    }

    /** Of the last event seen. */
    long position() {
        return position;
    }

    private void noEffectHadTwoOwners() {
        WriteRecord writes = scene.cluster().writes();
        assertThat(writes.violations())
                .as("writes that were accepted although a higher epoch owned the installation")
                .isEmpty();
        tally.count(
                "writesAccepted",
                writes.matching(w -> w.accepted() && w.byUpstep()).size());
        tally.count(
                "writesRefused",
                writes.matching(w -> !w.accepted() && w.byUpstep()).size());
        writes.clear();
    }

    private void noPlannerFailed() {
        assertThat(scene.upstep().faults())
                .as("answers that no planner may ever give")
                .isEmpty();
    }

    private void nothingIsStuck() {
        for (URI planner : scene.upstep().planners()) {
            await("no plan to be stuck, says " + planner)
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> scene.upstep()
                            .text(planner, "/q/metrics")
                            .filter(text -> text.lines().anyMatch("upstep_plans_stuck 0.0"::equals))
                            .isPresent());
        }
    }

    private List<JsonNode> journal(String plan) {
        List<JsonNode> entries = new ArrayList<>();
        JsonNode page;
        do {
            int after = entries.size();
            page = await("the journal of " + plan)
                    .atMost(PATIENCE)
                    .until(
                            () -> scene.upstep().get("plans/" + plan + "/journal?limit=" + PAGE + "&after=" + after),
                            Optional::isPresent)
                    .orElseThrow()
                    .path("entries");
            page.forEach(entries::add);
        } while (page.size() == PAGE);
        return entries;
    }

    private static void hasNoGaps(String plan, List<JsonNode> journal) {
        List<Long> expected = new ArrayList<>();
        List<Long> actual = new ArrayList<>();
        for (JsonNode entry : journal) {
            expected.add((long) expected.size() + 1);
            actual.add(entry.path("seq").asLong());
        }
        assertThat(actual).as("the journal of plan " + plan).isNotEmpty().isEqualTo(expected);
    }

    private void everySubscriberSawTheSame(Map<String, List<JsonNode>> journals, Follower follower) {
        Map<String, List<JsonNode>> news = new HashMap<>();
        journals.forEach((plan, journal) -> news.put(
                plan,
                journal.stream()
                        .filter(entry -> entry.path("position").asLong() > position)
                        .toList()));
        int all = news.values().stream().mapToInt(List::size).sum();
        Follower anew = new Follower(scene.upstep().planners(), position);
        for (int i = 0; i < TRIES && anew.seen().size() < all; i++) {
            anew.readOnce(all - anew.seen().size());
        }
        assertThat(follower.seen())
                .as("what one subscriber saw who came back all the time, and another who began anew")
                .hasSizeGreaterThanOrEqualTo(all)
                .startsWith(anew.seen().toArray(String[]::new));
        List<JsonNode> seen = Sequence.of(anew.seen());
        news.forEach((plan, journal) -> assertThat(seen.stream()
                        .filter(entry -> entry.path("plan").asText().equals(plan))
                        .toList())
                .as("events of plan " + plan)
                .isEqualTo(journal));
        position = seen.get(seen.size() - 1).path("position").asLong();
        history.addAll(anew.seen());
        tally.count("events", seen.size());
        tally.count("reconnects", follower.connections());
    }

    /** By event id: each judgement in the journal was published, as one event, and nothing else was. */
    private void everyJudgementWasToldOnce(Map<String, List<JsonNode>> journals) {
        journals.forEach((plan, journal) -> {
            Map<String, JsonNode> judged = judgements(plan, journal);
            await("subscribers to be told of " + judged.keySet() + " of " + types(journal))
                    .atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> told(plan).keySet().containsAll(judged.keySet()));
            Map<String, List<JsonNode>> told = told(plan);
            told.forEach((verification, events) -> sameEvent(verification, events, judged.get(verification)));
        });
    }

    private static List<String> types(List<JsonNode> journal) {
        return journal.stream().map(entry -> entry.path("type").asText()).toList();
    }

    /** The final judgements a plan became what it is by: verification to the journal's entry. */
    private static Map<String, JsonNode> judgements(String plan, List<JsonNode> journal) {
        Map<String, JsonNode> judged = new HashMap<>();
        int asked = 0;
        for (JsonNode entry : journal) {
            String type = entry.path("type").asText();
            if (type.equals("plan.verifying") || type.equals("plan.abandoned")) {
                asked++;
            } else if (JUDGED.contains(type) && entry.path("data").has("verdict")) {
                judged.put(plan + "-v" + asked, entry);
            }
        }
        return judged;
    }

    private Map<String, List<JsonNode>> told(String plan) {
        Map<String, List<JsonNode>> told = new HashMap<>();
        for (JsonNode event : completions()) {
            JsonNode data = event.path("data");
            if (data.path("planId").asText().equals(plan)) {
                told.computeIfAbsent(question(data.path("verificationId").asText()), v -> new ArrayList<>())
                        .add(event);
            }
        }
        return told;
    }

    /** Without the time that follows a verification's number. */
    private static String question(String verification) {
        return verification.replaceFirst("(-v[0-9]+)-[0-9]+$", "$1");
    }

    private List<JsonNode> completions() {
        try {
            return Sequence.of(scene.wire().completions());
        } catch (Exception e) {
            throw new IllegalStateException("the broker does not say what it has delivered", e);
        }
    }

    /**
     * Delivered more than once it may be, but recognisable as the same. Who keeps the first by its id, as subscribers are to,
     * knows what the planner knows.
     */
    private void sameEvent(String verification, List<JsonNode> events, JsonNode judged) {
        Set<String> ids = new HashSet<>();
        Set<JsonNode> contents = new LinkedHashSet<>();
        Set<String> endings = new LinkedHashSet<>();
        for (JsonNode event : events) {
            ids.add(event.path("source").asText() + " " + event.path("id").asText());
            contents.add(event.path("data"));
            endings.add(event.path("data").path("ending").asText());
        }
        assertThat(ids).as("ids of the completion " + verification).hasSize(1);
        if (judged != null && !judged.path("type").asText().equals("plan.reported")) {
            assertThat("plan."
                            + endings.iterator().next().toLowerCase(Locale.ROOT).replace('_', '.'))
                    .as("the ending told first by the completion " + verification + ": " + contents)
                    .isEqualTo(judged.path("type").asText());
        }
    }
}
