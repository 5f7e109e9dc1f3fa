package io.upstep.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.upstep.simulator.controller.Behaviour;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Four plans in the middle of a step, each of which is told something else while somebody is away. */
final class SaidMeanwhile {
    private static final Map<String, String> ENDS =
            Map.of("pause", "PAUSED", "cancel", "CANCELLED", "rollback", "ROLLED_BACK", "abandon", "ABANDONED");

    private final VerbsLab lab;
    private final String target;
    private final Map<String, String> plans = new LinkedHashMap<>();

    private SaidMeanwhile(VerbsLab lab, String target) {
        this.lab = lab;
        this.target = target;
    }

    /** @param target a version that nobody else uses: its image is bad until the end */
    static SaidMeanwhile begin(VerbsLab lab, String name, String target) {
        SaidMeanwhile said = new SaidMeanwhile(lab, target);
        ENDS.keySet().forEach(verb -> {
            lab.demo(name + "-" + verb);
            said.plans.put(verb, lab.waitingForItsPods(name + "-" + verb, target));
        });
        return said;
    }

    /** Each answer is immediate, each plan can say who releases it, and what is abandoned is over. */
    void say() {
        plans.forEach((verb, plan) -> {
            lab.client().act(plan, verb, "{\"reason\": \"it is dark\"}").then().statusCode(200);
            lab.requireExplained(plan);
        });
        assertThat(lab.client().plan(plans.get("abandon")).path("status").asText())
                .isEqualTo("ABANDONED");
    }

    /** Somebody is back: each plan becomes what was wanted, and the paused one can go on. */
    void awaitEnds() {
        lab.cluster().knobs().image(VerbsLab.IMAGE + target, Behaviour.GOOD);
        plans.forEach((verb, plan) -> {
            JsonNode ended = lab.client().awaitStatus(plan, Set.of(ENDS.get(verb)));
            assertThat(ended.at("/why/sentence").asText()).isNotBlank();
        });
        String paused = plans.get("pause");
        lab.say(paused, "resume", "{}", "plan.resumed");
        lab.awaitEnd(paused, "SUCCEEDED");
        assertThat(lab.cluster().writes().violations()).isEmpty();
    }
}
