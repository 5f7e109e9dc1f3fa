package io.upstep.planner.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import io.upstep.event.Fact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {
    private static final ExpressionCompiler COMPILER = new ExpressionCompiler(new Vocabulary(variables()));
    private static final Scope SCOPE = Scope.of(Recipes.INSTALLATION)
            .with("to", "1.20.0")
            .with("facts.image", "registry:5000/a/b:1.10.1")
            .with("facts.count", 3L)
            .with("parameters.list", List.of("x", "y"))
            .withFact("volume", ValueType.TEXT, Fact.unknown("forbidden"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "plain | 'plain'",
                "${installation.namespace}/${installation.release} | 'polyaxon/plx'",
                "${facts.count} | 3",
                "n=${facts.count + 1} | 'n=4'",
                "${parameters.list} | [x, y]",
                "${{'a': facts.count}} | {a: 3}",
                "${'}' + to} | '}1.20.0'",
                "$${HOME} and ${to} | '${HOME} and 1.20.0'",
                "$(VAR) | '$(VAR)'",
                "${facts.image.substring(0, facts.image.lastIndexOf(':'))}:${to} | 'registry:5000/a/b:1.20.0'",
                "${to.inRange('>=1.13 <2') ? 8000 : 80} | 8000",
                "${to.major()} | 1",
            },
            quoteCharacter = '`')
    void shouldPutValuesInWhenTheyAreKnown(String template, String expected) throws CannotEvaluate {
        assertThat(fill("k: " + quoted(template)).get("k")).isEqualTo(Recipes.json(expected));
    }

    @Test
    void shouldLeaveKeysAndItemsOutWhenTheirExpressionYieldsOmit() throws CannotEvaluate {
        assertThat(fill("{a: \"${omit}\", b: [\"${omit}\", 1], c: null, d: \"${facts.count > 5 ? to : omit}\"}"))
                .isEqualTo(Recipes.json("{b: [1], c: null}"));
    }

    @Test
    void shouldRefuseNamingTheFactWhenItIsUnknown() {
        assertThatExceptionOfType(CannotEvaluate.class)
                .isThrownBy(() -> fill("{a: \"x-${facts.volume}\"}"))
                .satisfies(e -> assertThat(e.fact()).isEqualTo("volume"))
                .withMessageContaining("the fact 'volume' is not known: forbidden");
    }

    @Test
    void shouldRefuseInsteadOfYieldingNothingWhenAnExpressionFails() {
        assertThatExceptionOfType(CannotEvaluate.class).isThrownBy(() -> fill("{a: \"${parameters.list[7]}\"}"));
        assertThatExceptionOfType(CannotEvaluate.class).isThrownBy(() -> fill("{a: \"x${parameters.list}\"}"));
        assertThatExceptionOfType(CannotEvaluate.class).isThrownBy(() -> fill("{a: \"x${omit}\"}"));
        assertThatExceptionOfType(CannotEvaluate.class).isThrownBy(() -> fill("{a: \"${'no version'.major()}\"}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "${facts.nope} | came 'facts.nope' in",
                "${facts.count + to} | no matching overload",
                "${to | without its '}'",
                "${} | not a valid expression",
            })
    void shouldBeFoundWhenItIsLoadedThatAnExpressionIsWrong(String template, String reason) {
        List<String> problems = new ArrayList<>();

        Template.of(
                Recipes.json("{a: [" + quoted(template) + "]}"),
                COMPILER,
                "/with",
                (path, fault) -> problems.add(path + " " + fault.message()));

        assertThat(problems).singleElement().asString().startsWith("/with/a/0 ").contains(reason);
    }

    private static JsonNode fill(String yaml) throws CannotEvaluate {
        List<String> problems = new ArrayList<>();
        Template template =
                Template.of(Recipes.json(yaml), COMPILER, "", (path, fault) -> problems.add(fault.message()));
        assertThat(problems).isEmpty();
        return template.fill(SCOPE);
    }

    private static String quoted(String template) {
        return "\"" + template.replace("\"", "\\\"") + "\"";
    }

    private static Map<String, dev.cel.common.types.CelType> variables() {
        Map<String, dev.cel.common.types.CelType> variables =
                new HashMap<>(Vocabulary.ofInstallation().variables());
        variables.put("to", SimpleType.STRING);
        variables.put("facts.image", SimpleType.STRING);
        variables.put("facts.volume", SimpleType.STRING);
        variables.put("facts.count", SimpleType.INT);
        variables.put("parameters.list", ListType.create(SimpleType.DYN));
        return variables;
    }
}
