package io.upstep.configuration;

import io.upstep.configuration.scan.Errand;
import java.util.List;

/** All rule files of one platform: finds those that lead from one version to another. */
public record Rulebook(String platform, List<RuleFile> files) {

    /** Which rules lead there, in order; or why none do. Versions that are none are told, not thrown. */
    public Way way(String document, String from, String to) {
        return new WayFinder(platform, document, of(document)).find(from, to);
    }

    /** What a version takes, to check a document without changing it; by the rules that lead to it. */
    public Way arrival(String document, String version) {
        return way(document, version, version);
    }

    /** What has to change outside of the platform between two versions, whatever the kind of file. */
    public List<Errand> checklist(String from, String to) {
        return documents().stream()
                .map(document -> way(document, from, to))
                .filter(Way.Open.class::isInstance)
                .flatMap(way -> ((Way.Open) way).files().stream())
                .flatMap(file -> file.checklist().stream())
                .distinct()
                .toList();
    }

    /** The kinds of files there are rules for. */
    public List<String> documents() {
        return files.stream().map(RuleFile::document).distinct().sorted().toList();
    }

    private List<RuleFile> of(String document) {
        return files.stream().filter(file -> file.document().equals(document)).toList();
    }
}
