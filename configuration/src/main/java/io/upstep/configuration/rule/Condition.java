package io.upstep.configuration.rule;

import com.fasterxml.jackson.databind.JsonNode;
import io.upstep.configuration.document.Tree;
import java.util.HashSet;
import java.util.List;
import java.util.function.Predicate;

/** Something that holds for a document, or a part of one, or does not. */
@FunctionalInterface
public interface Condition {
    Condition ALWAYS = at -> true;

    boolean holds(Tree at);

    static Condition has(Pattern path) {
        return some(path, value -> !value.isNull());
    }

    static Condition equal(Pattern path, JsonNode expected) {
        return expected.isNull() ? has(path).negated() : some(path, expected::equals);
    }

    static Condition some(Pattern path, Predicate<JsonNode> expected) {
        return at -> path.find(at).stream().map(match -> match.tree().json()).anyMatch(expected);
    }

    static Condition unique(List<Pattern> paths) {
        return at -> {
            HashSet<JsonNode> seen = new HashSet<>();
            return paths.stream()
                    .flatMap(path -> path.find(at).stream())
                    .map(match -> match.tree().json())
                    .allMatch(seen::add);
        };
    }

    static Condition all(List<Condition> conditions) {
        return at -> conditions.stream().allMatch(condition -> condition.holds(at));
    }

    static Condition any(List<Condition> conditions) {
        return at -> conditions.stream().anyMatch(condition -> condition.holds(at));
    }

    static Condition atMostOne(List<Condition> conditions) {
        return at ->
                conditions.stream().filter(condition -> condition.holds(at)).count() <= 1;
    }

    default Condition negated() {
        return at -> !holds(at);
    }
}
