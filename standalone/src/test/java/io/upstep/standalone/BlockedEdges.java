package io.upstep.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.semver4j.Semver;

/** Asks for every blocked edge of a platform, between all of the versions that it is about. */
record BlockedEdges(PlannerClient client, String platform) {

    /** @return how many questions were answered */
    int ask() {
        JsonNode known = client.get("platforms/" + platform);
        List<String> versions = new ArrayList<>();
        known.path("versions").forEach(version -> versions.add(version.asText()));
        int asked = 0;
        for (JsonNode edge : known.path("blocked")) {
            int before = asked;
            for (String from : outermost(versions, edge.path("from").asText())) {
                for (String to : outermost(versions, edge.path("to").asText())) {
                    assertAnswered(edge, from, to);
                    asked++;
                }
            }
            assertThat(asked).as(platform + " has versions for " + edge).isGreaterThan(before);
        }
        return asked;
    }

    /** Either it is refused with a reason and a way out, or the way leads around the blocked edge. */
    private void assertAnswered(JsonNode edge, String from, String to) {
        JsonNode answer = client.get("platforms/" + platform + "/path?from=" + from + "&to=" + to);
        String said = platform + " " + from + " → " + to + ": " + answer;
        if (answer.path("possible").asBoolean()) {
            for (JsonNode crossed : answer.path("edges")) {
                assertThat(is(crossed.path("from").asText(), edge.path("from").asText())
                                && is(
                                        crossed.path("to").asText(),
                                        edge.path("to").asText()))
                        .as(said)
                        .isFalse();
            }
        } else {
            assertThat(answer.at("/refusal/code").asText()).as(said).isIn("blocked-edge", "no-path");
            assertThat(answer.at("/refusal/detail").asText()).as(said).isNotBlank();
            assertThat(answer.at("/refusal/remedy").asText()).as(said).isNotBlank();
        }
    }

    private static List<String> outermost(List<String> versions, String range) {
        List<String> in =
                versions.stream().filter(version -> is(version, range)).toList();
        return in.size() < 2 ? in : List.of(in.get(0), in.get(in.size() - 1));
    }

    private static boolean is(String version, String range) {
        return Semver.coerce(version).satisfies(range);
    }
}
