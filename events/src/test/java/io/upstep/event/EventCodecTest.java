package io.upstep.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever comes, {@link EventCodec#decode} answers with an event or with one sentence, and with nothing else. */
class EventCodecTest {
    private static final int LONGEST_SENTENCE = 500;

    static Stream<Arguments> notEvents() {
        return Stream.of(
                Arguments.of(null, "came nothing"),
                Arguments.of("", "came an empty text"),
                Arguments.of("  \n", "came an empty text"),
                Arguments.of("null", "came null"),
                Arguments.of("42", "came 42"),
                Arguments.of("\"text\"", "came \"text\""),
                Arguments.of("[]", "came []"),
                Arguments.of("{", "came {"),
                Arguments.of("garbage", "Unrecognized token 'garbage'"),
                Arguments.of("\u0000\uFFFF\uD800", "CloudEvents 1.0 JSON object"),
                Arguments.of("{}", "specversion \"1.0\", came nothing"),
                Arguments.of("[".repeat(100_000), "nesting depth"),
                Arguments.of("{\"a\":".repeat(100_000), "nesting depth"),
                Arguments.of("x".repeat(30_000_000), "…"),
                Arguments.of("\"" + "x".repeat(30_000_000) + "\"", "String value length"));
    }

    @ParameterizedTest
    @MethodSource("notEvents")
    void shouldSayWhatCameWhenItIsNoEvent(String message, String sentence) {
        refused(message, sentence);
    }

    static Stream<Arguments> spoiltEnvelopes() {
        return Stream.of(
                spoilt(e -> e.put("specversion", "0.3"), "specversion \"1.0\", came \"0.3\""),
                spoilt(e -> e.put("specversion", "2.0"), "specversion \"1.0\", came \"2.0\""),
                spoilt(e -> e.put("specversion", 1.0), "specversion \"1.0\", came 1.0"),
                spoilt(e -> e.remove("id"), "Missing mandatory id attribute"),
                spoilt(e -> e.put("id", ""), "'id' is empty"),
                spoilt(e -> e.put("id", 5), "attribute id, expecting STRING"),
                spoilt(e -> e.putNull("id"), "Missing mandatory id attribute"),
                spoilt(e -> e.remove("source"), "Missing mandatory source attribute"),
                spoilt(e -> e.put("source", "not a uri"), "source"),
                spoilt(e -> e.put("source", ""), "'source' is empty"),
                spoilt(e -> e.remove("type"), "Missing mandatory type attribute"),
                spoilt(e -> e.put("type", "com.example.order"), "io.upstep contract, came 'com.example.order'"),
                spoilt(e -> e.put("type", "t".repeat(1_000_000)), "came 'ttt"),
                spoilt(e -> e.put("type", "io.upstep.step.requested.v2"), "came 'io.upstep.step.requested.v2'"),
                spoilt(e -> e.remove("time"), "'time' is missing"),
                spoilt(e -> e.put("time", "yesterday"), "time"),
                spoilt(e -> e.put("time", "y".repeat(1_000_000)), "time"),
                spoilt(e -> e.putObject("time"), "attribute time, expecting STRING"),
                spoilt(e -> e.remove("data"), "as data of io.upstep.step.requested.v1, came nothing"),
                spoilt(e -> e.putNull("data"), "came nothing"),
                spoilt(e -> e.put("data", "text"), "came \"text\""),
                spoilt(e -> e.putArray("data"), "came an array"),
                spoilt(e -> e.put("data_base64", "e30="), "both 'data' and 'data_base64'"),
                spoilt(e -> e.put("data_base64", "e30=").remove("data"), "came nothing"),
                spoilt(e -> e.put("datacontenttype", "text/xml"), "Wrong type OBJECT for attribute data"));
    }

    @ParameterizedTest
    @MethodSource("spoiltEnvelopes")
    void shouldSayWhatWasExpectedWhenTheEnvelopeIsSpoilt(String message, String sentence) {
        refused(message, sentence);
    }

    static Stream<Arguments> spoiltData() {
        return Stream.of(
                spoiltData(d -> d.remove("attempt"), "'attempt' is missing"),
                spoiltData(d -> d.put("action", " "), "'action' is empty"),
                spoiltData(d -> d.put("action", 7), "'action' must be a text, came 7"),
                spoiltData(d -> d.put("attempt", "x"), "'attempt' must be an object, came \"x\""),
                spoiltData(d -> attempt(d).put("attempt", "2"), "'attempt.attempt' must be a whole number, came \"2\""),
                spoiltData(d -> attempt(d).put("attempt", 1.5), "'attempt.attempt' must be a whole number, came 1.5"),
                spoiltData(d -> attempt(d).put("attempt", 0), "'attempt.attempt' must be 1 or more, but is 0"),
                spoiltData(d -> attempt(d).put("attempt", 4_000_000_000L), "out of range"),
                spoiltData(d -> attempt(d).remove("epoch"), "'attempt.epoch' must be 1 or more, but is 0"),
                spoiltData(d -> d.put("mode", "apply"), "'mode' must be one of APPLY, PREVIEW, came \"apply\""),
                spoiltData(d -> d.put("mode", 0), "'mode' must be one of APPLY, PREVIEW, came 0"),
                spoiltData(d -> d.put("with", "x"), "'with' must be an object, came \"x\""),
                spoiltData(d -> d.put("checks", "x"), "'checks' must be an array, came \"x\""),
                spoiltData(d -> d.putArray("checks").addNull(), "'checks[0]' is missing"),
                spoiltData(
                        d -> d.putArray("checks").addObject().put("check", "c").put("within", 30),
                        "'checks[0].within' must be an ISO 8601 duration such as PT30S, came 30"),
                spoiltData(
                        d -> d.putArray("checks").addObject().put("check", "c").put("within", "PT-1S"),
                        "'within' must be longer than nothing"),
                spoiltData(d -> d.putObject("limits"), "'limits.start' is missing"));
    }

    @ParameterizedTest
    @MethodSource("spoiltData")
    void shouldSayWhatWasExpectedWhenTheDataIsSpoilt(String message, String sentence) {
        refused(message, sentence);
    }

    @Test
    void shouldRefuseSuccessWhenTheVerdictIsNotPassed() {
        ObjectNode event = Golden.tree(EventType.UPGRADE_COMPLETED);
        ((ObjectNode) event.at("/data/verdict")).put("result", "unknown");

        refused(event.toString(), "'ending' SUCCEEDED needs a passed verdict");
    }

    @Test
    void shouldRefuseAPassedVerdictWhenItsEvidenceFailed() {
        ObjectNode event = Golden.tree(EventType.STEP_COMPLETED);
        ((ObjectNode) event.at("/data/verdict/evidence/1")).put("result", "UNKNOWN");

        refused(event.toString(), "a passed verdict needs evidence that passed, but: kubernetes.version on Deployment");
    }

    @Test
    void shouldRefuseAnOutcomeWhenItsKindIsUnknown() {
        ObjectNode event = Golden.tree(EventType.STEP_EXECUTED);
        ((ObjectNode) event.at("/data/outcome")).put("kind", "exploded");

        refused(event.toString(), "'outcome' must be an object of a known kind");
    }

    @Test
    void shouldRefuseWhatFollowsWhenTwoEventsComeInOneMessage() {
        String one = Golden.text(EventType.WORKER_SEEN);

        refused(one + one, "Trailing token");
    }

    @Test
    void shouldNameBothTypesWhenAnEventComesOnAnotherChannel() {
        assertThatThrownBy(() -> EventCodec.decode(Golden.text(EventType.STEP_COMPLETED), StepRequested.class))
                .isInstanceOf(MalformedEventException.class)
                .hasMessage("expected an event of type io.upstep.step.requested.v1, came io.upstep.step.completed.v1");
    }

    @Test
    void shouldHaveNoTraceWhenTraceparentIsNull() throws MalformedEventException {
        ObjectNode event = Golden.tree(EventType.STEP_REQUESTED);
        event.putNull("traceparent");

        assertThat(EventCodec.decode(event.toString()).traceparent()).isNull();
    }

    @Test
    void shouldStayWritableWhenALogLineIsCutInTheMiddleOfACharacter() throws MalformedEventException {
        ObjectNode event = Golden.tree(EventType.STEP_PROGRESSED);
        ((ObjectNode) event.get("data"))
                .putArray("lines")
                .add("caf\u00e9 \uD83D")
                .add("\u0000");

        Event<StepProgressed> read = EventCodec.decode(event.toString(), StepProgressed.class);
        assertThat(Golden.tree(EventCodec.encode(read))).isEqualTo(event);
    }

    @Test
    void shouldReadDataWhenItIsAsDeepAsTheLimitAllows() throws MalformedEventException {
        ObjectNode event = Golden.tree(EventType.STEP_REQUESTED);
        ObjectNode innermost = (ObjectNode) event.at("/data/with");
        for (int depth = 3; depth < 1000; depth++) {
            innermost = innermost.putObject("in");
        }
        String deep = event.toString();

        assertThat(Golden.tree(EventCodec.encode(EventCodec.decode(deep)))).isEqualTo(Golden.tree(deep));
    }

    private static void refused(String message, String sentence) {
        assertThatThrownBy(() -> EventCodec.decode(message))
                .isInstanceOf(MalformedEventException.class)
                .hasMessageContaining("expected")
                .hasMessageContaining(sentence)
                .message()
                .hasSizeLessThan(LONGEST_SENTENCE)
                .doesNotContain("io.upstep.event", "java.");
    }

    private static Arguments spoilt(Consumer<ObjectNode> change, String sentence) {
        ObjectNode event = Golden.tree(EventType.STEP_REQUESTED);
        change.accept(event);
        return Arguments.of(event.toString(), sentence);
    }

    private static Arguments spoiltData(Consumer<ObjectNode> change, String sentence) {
        return spoilt(event -> change.accept((ObjectNode) event.get("data")), sentence);
    }

    private static ObjectNode attempt(ObjectNode data) {
        return (ObjectNode) data.get("attempt");
    }
}
