package io.upstep.planner.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.common.values.NullValue;
import io.upstep.event.Fact;
import io.upstep.event.Installation;
import java.util.HashMap;
import java.util.Map;

/** What the variables of expressions stand for, and why those that stand for nothing do not. */
final class Scope {
    private final Map<String, Object> bindings;
    private final Map<String, String> unknown;

    private Scope(Map<String, Object> bindings, Map<String, String> unknown) {
        this.bindings = bindings;
        this.unknown = unknown;
    }

    /** In which no variable stands for anything. */
    static Scope empty() {
        return new Scope(new HashMap<>(), new HashMap<>());
    }

    static Scope of(Installation installation) {
        return empty().with("installation.cluster", installation.cluster())
                .with("installation.namespace", installation.namespace())
                .with("installation.release", installation.release())
                .with(Vocabulary.OMIT, NullValue.NULL_VALUE);
    }

    /** A copy in which the variable also stands for the value. */
    Scope with(String variable, Object value) {
        Map<String, Object> more = new HashMap<>(bindings);
        more.put(variable, value);
        return new Scope(more, unknown);
    }

    Scope withParameter(String name, ValueType type, JsonNode value) {
        return with(Vocabulary.PARAMETERS + name, type.toCel(value));
    }

    /** A copy with the fact, if it is known and of the declared type; otherwise one that knows why not. */
    Scope withFact(String name, ValueType type, Fact fact) {
        String variable = Vocabulary.FACTS + name;
        if (fact == null) {
            return without(variable, "it was not observed");
        }
        if (!fact.isKnown()) {
            return without(variable, fact.unknown());
        }
        if (!type.accepts(fact.value())) {
            return without(variable, "expected " + type.word() + ", came " + fact.value() + " from " + fact.source());
        }
        return with(variable, type.toCel(fact.value()));
    }

    Map<String, Object> bindings() {
        return bindings;
    }

    void require(String variable, String expression) throws CannotEvaluate {
        if (bindings.containsKey(variable)) {
            return;
        }
        String reason = unknown.getOrDefault(variable, "it has no value here");
        boolean isFact = variable.startsWith(Vocabulary.FACTS);
        String name = isFact ? variable.substring(Vocabulary.FACTS.length()) : variable;
        throw new CannotEvaluate(
                expression, isFact ? name : null, (isFact ? "the fact '" : "'") + name + "' is not known: " + reason);
    }

    private Scope without(String variable, String reason) {
        Map<String, String> more = new HashMap<>(unknown);
        more.put(variable, reason);
        return new Scope(bindings, more);
    }
}
