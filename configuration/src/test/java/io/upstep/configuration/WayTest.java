package io.upstep.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which rule files lead from one version to another. */
class WayTest {

    private final Rulebook book = book(
            "{title: a, edge: {from: '>=0.4 <0.5', to: '>=0.5 <0.6'}, rules: []}",
            "{title: b, edge: {from: '>=0.5 <0.6', to: '>=0.6 <0.6.1'}, rules: []}",
            "{title: c, edge: {from: '>=0.6 <0.6.1', to: '0.6.1'}, rules: []}",
            "{title: d, edge: {from: '>=1.1 <2', to: '>=1.1 <2'}, rules: [], checklist: [{find: x, now: y, say: z, source: s}]}",
            "{title: e, edge: {from: '>=1.20 <2', to: '>=2 <3'}, rules: []}",
            "{title: f, edge: {from: '>=2 <3', to: '>=4 <5'}, blocked: {reason: 'No way.', remedy: 'Write it anew.'}}",
            "{title: p, document: polyaxonfile, edge: {from: '>=0.4 <0.5', to: '>=0.5 <0.6'}, rules: [], checklist: [{find: x, now: y, say: z, source: s}]}");

    private static Rulebook book(String... files) {
        return new Rulebook("polyaxon", Arrays.stream(files).map(Rules::file).toList());
    }

    @Test
    void shouldChainFilesWhenEachBeginsWhereTheOneBeforeLeads() {
        assertThat(titles("values", "0.4.4", "0.5.6")).containsExactly("a");
        assertThat(titles("values", "0.4.4", "0.6.1")).containsExactly("a", "b", "c");
        assertThat(titles("values", "v0.4", "0.6.0")).containsExactly("a", "b");
        assertThat(titles("values", "1.10.1", "2.4.0")).containsExactly("d", "e");
        assertThat(titles("values", "1.20.0", "2.4.0")).containsExactly("e");
        assertThat(titles("values", "1.1.0", "1.20.0")).containsExactly("d");
        assertThat(titles("polyaxonfile", "0.4.4", "0.5.6")).containsExactly("p");
    }

    @Test
    void shouldApplyNothingWhenTheVersionsAreTheSame() {
        Way.Open way = (Way.Open) book.way("values", "0.5.6", "v0.5.6");
        assertThat(way.files()).isEmpty();
        assertThat(way.arrival().title()).isEqualTo("a");
    }

    @Test
    void shouldSayWhyWhenNoRulesLeadThere() {
        assertThat(closed("0.6.1", "1.1.0").reason())
                .startsWith(
                        "No rules lead the document 'values' of polyaxon from 0.6.1 to 1.1.0; there are rules for >=0.4 <0.5 to");
        assertThat(closed("2.4.0", "1.20.0").reason()).contains("older");
        assertThat(closed("latest", "2.0.0").reason()).contains("came 'latest'");
        assertThat(((Way.Closed) book.way("nonsense", "0.4.4", "0.5.6")).reason())
                .contains("none at all");
    }

    @Test
    void shouldGiveReasonAndRemedyOfABlockedEdge() {
        assertThat(closed("1.20.0", "4.0.0")).isEqualTo(new Way.Closed("No way.", "Write it anew."));
    }

    @Test
    void shouldListTheErrandsOfAllDocumentsOnce() {
        assertThat(book.checklist("0.4.4", "0.5.6")).hasSize(1);
        assertThat(book.checklist("1.1.0", "2.1.0")).hasSize(1);
        assertThat(book.documents()).containsExactly("polyaxonfile", "values");
    }

    private List<String> titles(String document, String from, String to) {
        return ((Way.Open) book.way(document, from, to))
                .path().stream().map(Way.Stage::title).toList();
    }

    private Way.Closed closed(String from, String to) {
        return (Way.Closed) book.way("values", from, to);
    }
}
