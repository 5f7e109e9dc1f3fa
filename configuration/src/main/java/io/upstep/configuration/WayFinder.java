package io.upstep.configuration;

import io.upstep.configuration.RuleFile.Edge;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the shortest chain of rule files: each begins at a version the one before it leads to. */
final class WayFinder {
    private final String platform;
    private final String document;
    private final List<RuleFile> files;

    WayFinder(String platform, String document, List<RuleFile> files) {
        this.platform = platform;
        this.document = document;
        this.files = files;
    }

    Way find(String from, String to) {
        try {
            return find(Version.of(from), Version.of(to));
        } catch (IllegalArgumentException e) {
            return new Way.Closed(e.getMessage() + ".", "Correct the version.");
        }
    }

    private Way find(Version from, Version to) {
        if (from.isSameAs(to)) {
            return new Way.Open(List.of(), arrival(to));
        }
        if (to.isLowerThan(from)) {
            return back(from, to);
        }
        List<RuleFile> open = chain(from, to, false);
        if (open != null) {
            return new Way.Open(open, open.get(open.size() - 1));
        }
        List<RuleFile> blocked = chain(from, to, true);
        return blocked == null ? gap(from, to) : blocked(blocked);
    }

    /** Backwards there are no chains: only rules that were written for it. */
    private Way back(Version from, Version to) {
        return files.stream()
                .filter(file -> file.blocked().isEmpty())
                .filter(file -> file.edges().stream()
                        .anyMatch(
                                edge -> edge.from().contains(from) && edge.to().contains(to)))
                .findFirst()
                .<Way>map(file -> new Way.Open(List.of(file), file))
                .orElseGet(() -> new Way.Closed(
                        to + " is older than " + from + ", and no rules lead back there.",
                        "Take the file as it was before: a migration always hands it over, and a plan keeps it."));
    }

    private List<RuleFile> chain(Version from, Version to, boolean evenBlocked) {
        List<Version> corners = corners(from, to);
        Deque<Reached> queue = new ArrayDeque<>(List.of(new Reached(List.of(), Set.of(from))));
        Set<RuleFile> used = new HashSet<>();
        while (!queue.isEmpty()) {
            Reached reached = queue.removeFirst();
            for (RuleFile file : files) {
                Set<Version> next = across(file, reached.versions(), corners);
                if (next.isEmpty() || file.blocked().isPresent() && !evenBlocked || !used.add(file)) {
                    continue;
                }
                List<RuleFile> longer = new ArrayList<>(reached.files());
                longer.add(file);
                if (next.contains(to)) {
                    return longer;
                }
                queue.addLast(new Reached(longer, next));
            }
        }
        return null;
    }

    /** The versions worth trying: if two ranges have one in common between the two ends, then one of these. */
    private List<Version> corners(Version from, Version to) {
        Stream<Version> named = files.stream()
                .flatMap(file -> file.edges().stream())
                .flatMap(edge -> Stream.concat(edge.from().corners().stream(), edge.to().corners().stream()));
        return Stream.concat(Stream.of(from, to), named)
                .filter(version -> !version.isLowerThan(from) && !to.isLowerThan(version))
                .distinct()
                .toList();
    }

    private static Set<Version> across(RuleFile file, Set<Version> at, List<Version> corners) {
        return file.edges().stream()
                .flatMap(edge ->
                        at.stream().filter(edge.from()::contains).flatMap(version -> ahead(edge, version, corners)))
                .collect(Collectors.toSet());
    }

    private static Stream<Version> ahead(Edge edge, Version from, List<Version> corners) {
        return corners.stream()
                .filter(version -> from.isLowerThan(version) && edge.to().contains(version));
    }

    /** Of all files that lead to a version, the one that begins latest knows it best. */
    private RuleFile arrival(Version version) {
        return files.stream()
                .filter(file -> file.blocked().isEmpty())
                .filter(file -> file.edges().stream().anyMatch(edge -> edge.to().contains(version)))
                .max((a, b) -> begin(a).compareTo(begin(b)))
                .orElse(null);
    }

    private static Version begin(RuleFile file) {
        return file.edges().stream()
                .flatMap(edge -> edge.to().corners().stream())
                .min(Version::compareTo)
                .orElseGet(() -> Version.of("0"));
    }

    private static Way blocked(List<RuleFile> chain) {
        return chain.stream()
                .flatMap(file -> file.blocked().stream())
                .findFirst()
                .map(blocked -> new Way.Closed(blocked.reason(), blocked.remedy()))
                .orElseThrow(() -> new IllegalStateException("a chain that is not open, and nothing blocks it"));
    }

    private Way gap(Version from, Version to) {
        String known = files.stream()
                .flatMap(file -> file.edges().stream())
                .map(edge -> edge.from() + " to " + edge.to())
                .distinct()
                .collect(Collectors.joining("; "));
        return new Way.Closed(
                "No rules lead the document '" + document + "' of " + platform + " from " + from + " to " + to
                        + "; there are " + (known.isEmpty() ? "none at all for this document" : "rules for " + known)
                        + ".",
                "Choose versions between which there are rules, or write rules for them (docs/reference/configuration-rules.md).");
    }

    private record Reached(List<RuleFile> files, Set<Version> versions) {}
}
