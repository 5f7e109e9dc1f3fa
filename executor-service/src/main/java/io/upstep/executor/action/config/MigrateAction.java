package io.upstep.executor.action.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.configuration.Migration;
import io.upstep.configuration.Result;
import io.upstep.configuration.RuleFile;
import io.upstep.configuration.document.UnreadableException;
import io.upstep.configuration.report.Problem;
import io.upstep.event.Outcome;
import io.upstep.executor.action.Action;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.helm.ValuesRef;
import io.upstep.executor.action.helm.ValuesText;
import io.upstep.executor.action.kubernetes.FencedObjects;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code config.migrate}: makes the configuration of the version to come out of the one that is, and keeps both. */
@ApplicationScoped
public class MigrateAction implements Action<MigrateAction.With> {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /**
     * @param rules the rule documents, in order
     * @param values the configuration as it is: a Secret, or {@code release: true} for that of the release
     * @param into how the Secret's name begins; the plan's id is added
     * @param answers values by dotted path that the user gives
     */
    public record With(List<ObjectNode> rules, ValuesRef values, String into, ObjectNode answers) {
        public With {
            if (rules == null || rules.isEmpty() || values == null) {
                throw new IllegalArgumentException("expected 'rules' with at least one document, and 'values'");
            }
            if (into == null || !into.matches("[a-z0-9]([-a-z0-9.]{0,200}[a-z0-9])?")) {
                throw new IllegalArgumentException(
                        "expected 'into' to be the beginning of a Secret's name, came '" + into + "'");
            }
            rules = List.copyOf(rules);
        }
    }

    @Override
    public String name() {
        return "config.migrate";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    public Outcome run(With with, StepContext context) {
        FencedObjects objects = new FencedObjects(context, false);
        MigratedSecret secret = new MigratedSecret(with.into(), context, objects);
        // What was made of the configuration first stays: the release may be another by now.
        Optional<String> saved = secret.old();
        Result result = migrated(with, saved.orElseGet(() -> ValuesText.of(with.values(), context, objects)));
        secret.write(result, json(result));
        return new Outcome.Succeeded(
                "migrated the configuration into Secret " + secret.name(), details(result, secret.name()));
    }

    @Override
    public Outcome preview(With with, StepContext context) {
        FencedObjects objects = new FencedObjects(context, true);
        MigratedSecret secret = new MigratedSecret(with.into(), context, objects);
        Result result = migrated(with, ValuesText.of(with.values(), context, objects));
        return new Outcome.Succeeded(
                "would migrate the configuration into Secret " + secret.name(), details(result, secret.name()));
    }

    private static Result migrated(With with, String text) {
        try {
            Migration migration =
                    Migration.of(with.rules().stream().map(RuleFile::of).toList());
            Map<String, JsonNode> answers = new LinkedHashMap<>();
            if (with.answers() != null) {
                with.answers().properties().forEach(answer -> answers.put(answer.getKey(), answer.getValue()));
            }
            return checked(migration.withAnswers(answers).run(text));
        } catch (UnreadableException e) {
            throw ActionException.permanent("configuration-invalid", e.getMessage());
        } catch (IllegalArgumentException e) {
            throw ActionException.permanent("invalid-parameters", "the rules are not valid: " + e.getMessage());
        }
    }

    private static Result checked(Result result) {
        if (!result.valid()) {
            throw ActionException.permanent(
                    "configuration-invalid",
                    "expected a configuration the target takes, came "
                            + result.problems().stream()
                                    .filter(Problem::isError)
                                    .map(problem -> problem.path() + ": " + problem.say()
                                            + (problem.remedy() == null ? "" : " (" + problem.remedy() + ")"))
                                    .collect(Collectors.joining("; "))
                            + "; give 'answers' for these places, or mend the configuration; nothing was changed");
        }
        return result;
    }

    private static String json(Result result) {
        try {
            return MAPPER.writeValueAsString(result.shown());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ObjectNode details(Result result, String secret) {
        ObjectNode details = MAPPER.valueToTree(result.shown());
        return details.put("secret", secret);
    }
}
