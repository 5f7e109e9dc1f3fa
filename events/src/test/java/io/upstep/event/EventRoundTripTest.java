package io.upstep.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** Whatever an event holds, it is the same after travelling, follows the schemas, and no text makes decoding throw anything else. */
class EventRoundTripTest {

    @Property(tries = 500)
    void shouldBeTheSameWhenWrittenAndRead(@ForAll("events") Event<?> event) throws MalformedEventException {
        assertThat(EventCodec.decode(EventCodec.encode(event))).isEqualTo(event);
    }

    @Property(tries = 200)
    void shouldFollowTheSchemasWhenWritten(@ForAll("events") Event<?> event) {
        assertThat(Schemas.problems(event.type(), Golden.tree(EventCodec.encode(event))))
                .isEmpty();
    }

    @Property(tries = 500, shrinking = ShrinkingMode.OFF)
    void shouldAnswerWithAnEventOrASentenceWhenATextIsDamaged(
            @ForAll("types") EventType type, @ForAll int place, @ForAll char other) {
        StringBuilder text = new StringBuilder(Golden.text(type));
        text.setCharAt(Math.floorMod(place, text.length()), other);
        assertAnswered(text.toString());
        assertAnswered(text.substring(0, Math.floorMod(place, text.length())));
    }

    private static void assertAnswered(String text) {
        try {
            assertThat(EventCodec.decode(text)).isNotNull();
        } catch (MalformedEventException e) {
            assertThat(e).hasMessageContaining("expected");
        }
    }

    @Provide
    Arbitrary<EventType> types() {
        return Arbitraries.of(EventType.values());
    }

    @Provide
    Arbitrary<Event<?>> events() {
        Arbitrary<String> traces = text().injectNull(0.5);
        return Combinators.combine(text(), times(), data(), traces)
                .as((id, time, data, trace) -> new Event<>(id, "/upstep/some", time, data, trace));
    }

    private static Arbitrary<EventData> data() {
        return Arbitraries.oneOf(
                requests().map(EventData.class::cast),
                progress().map(EventData.class::cast),
                completions().map(EventData.class::cast),
                upgrades().map(EventData.class::cast),
                observations().map(EventData.class::cast));
    }

    private static Arbitrary<StepRequested> requests() {
        return Combinators.combine(
                        attempts(),
                        installations(),
                        Arbitraries.of(StepRequested.Mode.values()).injectNull(0.2),
                        text(),
                        objects(),
                        checks(),
                        limits().injectNull(0.2),
                        text().injectNull(0.5))
                .as((attempt, at, mode, action, with, checks, limits, cursor) -> new StepRequested(
                        attempt,
                        at,
                        mode,
                        action,
                        with,
                        checks,
                        limits,
                        cursor,
                        attempt.attempt(),
                        cursor == null ? null : Instant.ofEpochSecond(attempt.attempt()),
                        cursor,
                        cursor));
    }

    private static Arbitrary<StepProgressed> progress() {
        return Combinators.combine(
                        attempts(),
                        installations(),
                        text(),
                        Arbitraries.longs().greaterOrEqual(1),
                        Arbitraries.of(StepProgressed.Phase.values()),
                        Arbitraries.doubles().between(0, 1).injectNull(0.5),
                        Arbitraries.strings().injectNull(0.5),
                        Arbitraries.strings().list().ofMaxSize(5))
                .as((attempt, at, worker, sequence, phase, fraction, message, lines) ->
                        new StepProgressed(attempt, at, worker, sequence, phase, fraction, message, lines, null));
    }

    private static Arbitrary<StepCompleted> completions() {
        return Combinators.combine(attempts(), installations(), text(), outcomes(), verdicts(), times())
                .as((attempt, at, worker, outcome, verdict, time) ->
                        new StepCompleted(attempt, at, null, worker, worker, outcome, verdict, time, time, time));
    }

    private static Arbitrary<UpgradeCompleted> upgrades() {
        Arbitrary<List<AcceptedRisk>> risks = Combinators.combine(text(), text(), text())
                .as(AcceptedRisk::new)
                .list()
                .ofMaxSize(2);
        return Combinators.combine(
                        text(), installations(), Arbitraries.of(Ending.values()), verdicts(), facts(), risks, times())
                .as((id, at, ending, verdict, facts, accepted, time) -> new UpgradeCompleted(
                        id,
                        id,
                        at,
                        id,
                        null,
                        id,
                        ending == Ending.SUCCEEDED && !verdict.isPassed() ? Ending.FAILED : ending,
                        null,
                        verdict,
                        facts,
                        accepted,
                        id,
                        time,
                        time));
    }

    private static Arbitrary<InstallationObserved> observations() {
        return Combinators.combine(text(), installations(), facts(), times())
                .as((id, at, facts, time) -> new InstallationObserved(id, id, at, id, facts, time));
    }

    private static Arbitrary<AttemptId> attempts() {
        return Combinators.combine(
                        text(),
                        text(),
                        Arbitraries.integers().greaterOrEqual(1),
                        Arbitraries.longs().greaterOrEqual(1))
                .as(AttemptId::new);
    }

    private static Arbitrary<Installation> installations() {
        return Combinators.combine(text(), text(), text()).as(Installation::new);
    }

    private static Arbitrary<List<CheckSpec>> checks() {
        return Combinators.combine(text(), objects(), durations().injectNull(0.3))
                .as(CheckSpec::new)
                .list()
                .ofMaxSize(3);
    }

    private static Arbitrary<TimeLimits> limits() {
        return Combinators.combine(durations(), durations(), durations(), durations())
                .as(TimeLimits::new);
    }

    private static Arbitrary<Outcome> outcomes() {
        return Arbitraries.oneOf(
                Combinators.combine(text(), objects())
                        .as(Outcome.Succeeded::new)
                        .map(Outcome.class::cast),
                Combinators.combine(text(), text(), Arbitraries.of(true, false), objects())
                        .as(Outcome.Failed::new)
                        .map(Outcome.class::cast),
                text().map(Outcome.Cancelled::new).map(Outcome.class::cast));
    }

    private static Arbitrary<Verdict> verdicts() {
        return Combinators.combine(
                        text(),
                        text(),
                        Arbitraries.of(Evidence.Result.values()),
                        text().injectNull(0.3),
                        text().injectNull(0.3),
                        times())
                .as(Evidence::new)
                .list()
                .ofMaxSize(3)
                .map(Verdict::of);
    }

    private static Arbitrary<Map<String, Fact>> facts() {
        Arbitrary<Fact> facts = Arbitraries.oneOf(
                Combinators.combine(Arbitraries.strings(), text())
                        .as((value, source) -> Fact.known(JsonNodeFactory.instance.textNode(value), source)),
                Arbitraries.integers().map(value -> Fact.known(JsonNodeFactory.instance.numberNode(value), null)),
                text().map(Fact::unknown));
        return Arbitraries.maps(text(), facts).ofMaxSize(3);
    }

    private static Arbitrary<ObjectNode> objects() {
        return Arbitraries.maps(Arbitraries.strings(), Arbitraries.strings())
                .ofMaxSize(3)
                .map(map -> {
                    ObjectNode node = JsonNodeFactory.instance.objectNode();
                    map.forEach((key, value) ->
                            node.putObject(key).put("value", value).put("length", value.length()));
                    return node;
                });
    }

    private static Arbitrary<String> text() {
        return Arbitraries.strings().ofMinLength(1).ofMaxLength(20).filter(text -> !text.isBlank());
    }

    private static Arbitrary<Instant> times() {
        return Arbitraries.longs()
                .between(0, 4_000_000_000_000_000L)
                .map(micros -> Instant.EPOCH.plusNanos(micros * 1000));
    }

    private static Arbitrary<Duration> durations() {
        return Arbitraries.longs().between(1, Long.MAX_VALUE).map(Duration::ofNanos);
    }
}
