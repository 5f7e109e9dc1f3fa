package io.upstep.configuration.rule;

import io.upstep.configuration.document.Tree;

/** One kind of change to a document. */
public interface Rule {

    /** @param at the document, or the part of it in which the rule's paths begin */
    void apply(Tree at, Bench bench, Words words);
}
