package io.upstep.executor.action.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import org.junit.jupiter.api.Test;

class ValuesTest {
    private static final YAMLMapper YAML = new YAMLMapper();

    @Test
    void shouldHideTheWholeOfASecretWhenAnotherIsItsBeginning() throws JsonProcessingException {
        assertThat(hidden("{password: hunter, adminPassword: hunter-two}", "login as hunter-two, then as hunter"))
                .isEqualTo("login as ***, then as ***");
    }

    @Test
    void shouldHideWhatAVariableNamedLikeASecretHolds() throws JsonProcessingException {
        assertThat(hidden(
                        "{extraEnv: [{name: DB_PASSWORD, value: hunter-two}, {name: COLOUR, value: green}]}",
                        "cannot overwrite [map[name:DB_PASSWORD value:hunter-two] map[name:COLOUR value:green]]"))
                .isEqualTo("cannot overwrite [map[name:DB_PASSWORD value:***] map[name:COLOUR value:green]]");
    }

    private static String hidden(String values, String text) throws JsonProcessingException {
        return Values.hidden(text, (ObjectNode) YAML.readTree(values));
    }
}
