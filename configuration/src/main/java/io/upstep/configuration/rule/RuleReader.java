package io.upstep.configuration.rule;

import com.fasterxml.jackson.databind.JsonNode;
import io.upstep.configuration.document.Path;
import io.upstep.configuration.report.Kind;
import io.upstep.configuration.report.Where;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads rules from rule files. */
public final class RuleReader {
    /** The kinds of rules, and the fields of each besides those that every rule may have. */
    private static final Map<String, Set<String>> KINDS = kinds();

    private static final Set<String> EVERY = Set.of("when", "source", "report", "because", "where", "secret");

    private RuleReader() {}

    /** @throws IllegalArgumentException with what was expected and what came */
    public static Guarded read(JsonNode node) {
        Fields fields = Fields.of(node);
        String kind = kind(fields);
        fields.names().stream()
                .filter(name -> !name.equals(kind)
                        && !EVERY.contains(name)
                        && !KINDS.get(kind).contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException("expected of a rule '" + kind + "' no field '" + name + "'");
                });
        Condition when = fields.has("when") ? ConditionReader.read(fields.value("when")) : Condition.ALWAYS;
        return new Guarded(rule(kind, fields), when, words(kind, fields));
    }

    private static String kind(Fields fields) {
        List<String> kinds = fields.names().stream()
                .filter(KINDS::containsKey)
                .filter(name -> !(name.equals("merge") && fields.has("move")))
                .toList();
        if (kinds.size() != 1) {
            throw new IllegalArgumentException("expected exactly one of " + KINDS.keySet() + ", came "
                    + (kinds.isEmpty() ? fields.names() : kinds));
        }
        return kinds.get(0);
    }

    private static Rule rule(String kind, Fields fields) {
        Pattern what = kind.equals("merge") ? null : fields.pattern(kind);
        return switch (kind) {
            case "move" -> new Move(what, target(what, fields.pattern("to")), fields.flag("merge"));
            case "rename" -> new Rename(what, fields.text("to"));
            case "remove" -> new Remove(what);
            case "copy" -> new Copy(what, target(what, fields.pattern("to")));
            case "split" -> split(what, fields);
            case "merge" -> merge(fields);
            case "default" -> new Put(place(what), fields.value("value"), Kind.DEFAULTED, false);
            case "set" -> new Put(place(what), fields.value("value"), Kind.SET, true);
            case "wrap" -> wrap(what, fields);
            case "list" -> new Listed(what, fields.text("name"));
            case "map" -> translate(what, fields);
            case "convert" -> new Convert(what, Type.named(fields.text("to")));
            case "note" -> new Note(what);
            case "problem" -> new Refuse(what, fields.text("remedy"));
            case "each" -> new Each(what, fields.list("rules", RuleReader::read));
            default -> throw new IllegalStateException("a kind of rule that is listed and not read: " + kind);
        };
    }

    private static Rule split(Pattern what, Fields fields) {
        List<Pattern> into = fields.list("into", item -> target(what, Pattern.of(item.asText())));
        if (into.size() != 2) {
            throw new IllegalArgumentException("expected 'into' to have two places, came " + into.size());
        }
        String first = into.get(0).text() + ".";
        String second = into.get(1).text() + ".";
        if (first.startsWith(second) || second.startsWith(first)) {
            throw new IllegalArgumentException("expected two places of which none is in the other, came " + into);
        }
        return new Split(what, into.get(0), into.get(1), fields.text("at"), fields.optional("after"));
    }

    private static Rule merge(Fields fields) {
        List<Pattern> sources = fields.list("merge", item -> Pattern.of(item.asText()));
        Pattern to = fields.pattern("to");
        if (to.hasWildcard()) {
            throw new IllegalArgumentException("expected 'to' without wildcards, came '" + to + "'");
        }
        return new Merge(sources, Path.of(to.text()), fields.optional("with"), fields.flag("distinct"));
    }

    private static Rule wrap(Pattern what, Fields fields) {
        return switch (fields.text("in")) {
            case "list" -> new Wrap(what, null);
            case "map" -> new Wrap(what, fields.text("key"));
            default -> throw new IllegalArgumentException("expected 'in' to be list or map");
        };
    }

    private static Rule translate(Pattern what, Fields fields) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        fields.value("values").properties().forEach(entry -> values.put(entry.getKey(), entry.getValue()));
        return new Translate(what, values, "problem".equals(fields.optional("otherwise")));
    }

    /** Every wildcard of the target stands for what one of the source stood for. */
    private static Pattern target(Pattern from, Pattern to) {
        if (to.wildcards() > from.wildcards()) {
            throw new IllegalArgumentException(
                    "expected '" + to + "' to have no more wildcards than '" + from + "', came more");
        }
        return to;
    }

    private static Pattern place(Pattern where) {
        if (where.endsInWildcard()) {
            throw new IllegalArgumentException("expected a last key, came the wildcard of '" + where + "'");
        }
        return where;
    }

    private static Words words(String kind, Fields fields) {
        String say = fields.has("report") ? fields.text("report") : fields.optional("because");
        String where = fields.optional("where");
        Where named = where == null
                ? kind.equals("remove") ? Where.NOWHERE : null
                : Where.named(where)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "expected 'where' to be web-ui, by-hand, elsewhere or nowhere, came '" + where + "'"));
        return new Words(say, fields.optional("source"), named, fields.flag("secret"));
    }

    private static Map<String, Set<String>> kinds() {
        Map<String, Set<String>> kinds = new LinkedHashMap<>();
        // "merge" is a kind, and a field of "move" as well.
        kinds.put("move", Set.of("to", "merge"));
        kinds.put("rename", Set.of("to"));
        kinds.put("remove", Set.of());
        kinds.put("copy", Set.of("to"));
        kinds.put("split", Set.of("into", "at", "after"));
        kinds.put("merge", Set.of("to", "with", "distinct"));
        kinds.put("default", Set.of("value"));
        kinds.put("set", Set.of("value"));
        kinds.put("wrap", Set.of("in", "key"));
        kinds.put("list", Set.of("name"));
        kinds.put("map", Set.of("values", "otherwise"));
        kinds.put("convert", Set.of("to"));
        kinds.put("note", Set.of());
        kinds.put("problem", Set.of("remedy"));
        kinds.put("each", Set.of("rules"));
        return kinds;
    }
}
