package io.upstep.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import io.upstep.configuration.document.Document;
import io.upstep.configuration.document.Origin;
import io.upstep.configuration.document.Path;
import io.upstep.configuration.document.Placed;
import io.upstep.configuration.document.Secrecy;
import io.upstep.configuration.report.Change;
import io.upstep.configuration.report.Kind;
import io.upstep.configuration.report.Line;
import io.upstep.configuration.report.Report;
import io.upstep.configuration.rule.Bench;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Says of every value what became of it: from the tree as it is, not from what rules say they did. A value that is gone and
 * of which no rule knows, or that is there and comes from nowhere, is a defect and ends the migration.
 */
final class Reporter {
    private static final int SHOWN = 500;

    private final Document document;
    private final Bench bench;
    private final Predicate<Path> known;
    private final Map<Origin, List<Placed>> holders = new IdentityHashMap<>();

    Reporter(Document document, Bench bench, Predicate<Path> known) {
        this.document = document;
        this.bench = bench;
        this.known = known;
    }

    Report report(Document.Written written) {
        List<Placed> leaves = Placed.leaves(document.root()).stream()
                .filter(leaf -> !leaf.path().isRoot())
                .toList();
        leaves.forEach(leaf -> leaf.tree().origins().forEach(origin -> holders.computeIfAbsent(
                        origin, key -> new ArrayList<>())
                .add(leaf)));
        Stream<Line> old = document.origins().stream().map(this::line);
        Stream<Line> fresh =
                leaves.stream().filter(leaf -> leaf.tree().origins().isEmpty()).map(Reporter::beginning);
        return new Report(
                List.copyOf(bench.changes()), Stream.concat(old, fresh).toList(), notes(written));
    }

    private Line line(Origin origin) {
        List<Placed> held = holders.getOrDefault(origin, List.of());
        return held.isEmpty() ? end(origin) : stay(origin, held);
    }

    private Line end(Origin origin) {
        Change fate = bench.fate(origin)
                .filter(change -> change.kind().isEnd())
                .orElseThrow(() -> new IllegalStateException(
                        "expected every value to be kept or told of, but '" + origin.path() + "' is lost"));
        return new Line(
                fate.kind(),
                origin.path().toString(),
                origin.line(),
                shown(origin.value(), origin.isSecret()),
                null,
                null,
                fate.where(),
                sayings(Stream.of(fate)));
    }

    private Line stay(Origin origin, List<Placed> held) {
        Placed first = held.get(0);
        boolean secret =
                origin.isSecret() || held.stream().anyMatch(leaf -> leaf.tree().isSecret());
        boolean same = held.stream().allMatch(leaf -> leaf.tree().json().equals(origin.value()));
        Kind kind = kind(origin, first, same && held.size() == 1);
        boolean quiet = kind == Kind.KEPT || kind == Kind.UNKNOWN_KEPT || kind == Kind.CONFLICT;
        Stream<Change> told = first.tree().history().stream()
                .filter(change -> !quiet || change.kind() == Kind.NOTED || change.kind() == Kind.CONFLICT);
        String values =
                held.stream().map(leaf -> shown(leaf.tree().json(), secret)).collect(Collectors.joining(", "));
        return new Line(
                kind,
                origin.path().toString(),
                origin.line(),
                shown(origin.value(), secret),
                held.stream().map(leaf -> leaf.path().toString()).collect(Collectors.joining(", ")),
                kind == Kind.CONVERTED ? values : null,
                null,
                sayings(told));
    }

    private Kind kind(Origin origin, Placed leaf, boolean same) {
        List<Kind> history = leaf.tree().history().stream().map(Change::kind).toList();
        if (!same) {
            return Kind.CONVERTED;
        }
        if (!leaf.path().equals(origin.path())) {
            return history.contains(Kind.RENAMED) && !history.contains(Kind.MOVED) ? Kind.RENAMED : Kind.MOVED;
        }
        if (history.contains(Kind.CONFLICT)) {
            return Kind.CONFLICT;
        }
        return known.test(leaf.path()) ? Kind.KEPT : Kind.UNKNOWN_KEPT;
    }

    private static Line beginning(Placed leaf) {
        Change first = leaf.tree().history().stream()
                .filter(change -> change.kind().isBeginning())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "expected every value to come from somewhere, but '" + leaf.path() + "' does not"));
        return new Line(
                first.kind(),
                null,
                0,
                null,
                leaf.path().toString(),
                shown(leaf.tree().json(), leaf.tree().isSecret()),
                null,
                sayings(leaf.tree().history().stream()));
    }

    private static List<String> sayings(Stream<Change> changes) {
        return changes.map(Change::say).filter(Objects::nonNull).distinct().toList();
    }

    private static String shown(JsonNode value, boolean secret) {
        if (secret && !tellsNothing(value)) {
            return Secrecy.HIDDEN;
        }
        String text = value.toString();
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "… (" + text.length() + " characters)";
    }

    private static boolean tellsNothing(JsonNode value) {
        return value.isBoolean()
                || value.isNull()
                || value.isEmpty() && (value.isContainerNode() || value.asText().isEmpty());
    }

    private List<String> notes(Document.Written written) {
        List<String> notes = new ArrayList<>(document.notes());
        if (!written.lostComments().isEmpty()) {
            notes.add("Comments of these lines of the old document are not in the new one: "
                    + written.lostComments().stream().map(String::valueOf).collect(Collectors.joining(", ")) + ".");
        }
        return List.copyOf(notes);
    }
}
