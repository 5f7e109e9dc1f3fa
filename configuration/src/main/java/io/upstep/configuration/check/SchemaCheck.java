package io.upstep.configuration.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import io.upstep.configuration.document.Branch;
import io.upstep.configuration.document.Mapping;
import io.upstep.configuration.document.Path;
import io.upstep.configuration.document.Tree;
import io.upstep.configuration.report.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A JSON Schema whose author may give the words for a problem beside any keyword: {@code expected} and {@code remedy}. */
record SchemaCheck(JsonNode text, Schema schema) {
    /** Whoever has this many has another one than the last of them. */
    private static final int MOST = 500;

    private static final Dialect WITH_WORDS = Dialect.builder(Dialects.getDraft202012())
            .keyword(new NonValidationKeyword("expected"))
            .keyword(new NonValidationKeyword("remedy"))
            .keyword(new NonValidationKeyword("source"))
            .build();

    static SchemaCheck of(JsonNode text) {
        return new SchemaCheck(
                text, SchemaRegistry.withDefaultDialect(WITH_WORDS).getSchema(text));
    }

    List<Problem> problems(Mapping root) {
        return schema.validate(root.json()).stream()
                .sorted(Comparator.comparing(
                        error -> error.getInstanceLocation().toString()))
                .limit(MOST)
                .map(error -> problem(error, root))
                .toList();
    }

    private Problem problem(Error error, Mapping root) {
        JsonNode words = around(error);
        String expected = words.path("expected").asText(null);
        List<String> segments = new ArrayList<>();
        Tree at = root;
        for (int i = 0; i < error.getInstanceLocation().getNameCount(); i++) {
            String name = String.valueOf(error.getInstanceLocation().getElement(i));
            segments.add(name);
            at = at instanceof Branch branch && branch.get(name) != null ? branch.get(name) : at;
        }
        return new Problem(
                Problem.Code.INVALID,
                Problem.Level.ERROR,
                new Path(segments).toString(),
                null,
                at.line(),
                say(expected, error),
                words.path("remedy").asText("Correct it."),
                words.path("source").asText(null));
    }

    /** A validator's words for "not" are the whole schema, which tells nobody anything. */
    private static String say(String expected, Error error) {
        if (expected == null) {
            return "The target version would not take it: " + error.getMessage() + ".";
        }
        return "not".equals(error.getKeyword())
                ? "Expected " + expected + "."
                : "Expected " + expected + "; came something else (" + error.getMessage() + ").";
    }

    /** The part of the schema in which the keyword stands that does not hold. */
    private JsonNode around(Error error) {
        JsonNode at = text;
        if (error.getSchemaLocation() == null || error.getSchemaLocation().getFragment() == null) {
            return at;
        }
        int depth = error.getSchemaLocation().getFragment().getNameCount() - 1;
        for (int i = 0; i < depth; i++) {
            Object element = error.getSchemaLocation().getFragment().getElement(i);
            at = element instanceof Integer index ? at.path(index) : at.path(String.valueOf(element));
        }
        return at;
    }
}
