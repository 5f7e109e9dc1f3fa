package io.upstep.verifier.check.grpc;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import io.upstep.verifier.check.CheckContext;
import io.upstep.verifier.cluster.NoAnswerException;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A method of a server that is called with an empty message, and how its answer is read.
 *
 * @param response the fields of the answer that matter, by the names they get
 * @param format a text with the names in braces; null if the fields themselves are the answer
 */
record Question(Peer peer, String method, Map<String, Field> response, String format) {
    private static final Pattern METHOD = Pattern.compile("[A-Za-z_][\\w.]*/[A-Za-z_]\\w*");
    private static final Pattern NAME = Pattern.compile("\\{([^{}]*)}");
    private static final int MOST_FIELDS = 50;
    private static final byte[] NOTHING = {};

    Question {
        if (method == null || !METHOD.matcher(method).matches()) {
            throw new IllegalArgumentException("expected 'method' as package.Service/Method, came "
                    + (method == null ? "none" : "'" + method + "'"));
        }
        if (response == null || response.isEmpty() || response.size() > MOST_FIELDS || response.containsValue(null)) {
            throw new IllegalArgumentException("expected 'response' to have 1 to " + MOST_FIELDS
                    + " fields, for example {version: {field: 1, type: string}}");
        }
        names(format == null ? "" : format, response);
    }

    private static void names(String format, Map<String, Field> response) {
        NAME.matcher(format)
                .results()
                .map(name -> name.group(1))
                .filter(name -> !response.containsKey(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException("expected 'format' to name fields of 'response' "
                            + response.keySet() + ", came {" + name + "}");
                });
    }

    /**
     * @throws NoAnswerException if nobody answers, or not as declared
     * @throws CallRefusedException if the server says no
     */
    ObjectNode ask(Calls calls, CheckContext context) {
        return read(calls.call(peer, method, NOTHING, context));
    }

    private ObjectNode read(byte[] answer) {
        try {
            UnknownFieldSet message = UnknownFieldSet.parseFrom(answer);
            ObjectNode fields = JsonNodeFactory.instance.objectNode();
            response.forEach((name, field) -> fields.set(name, field.in(message)));
            return fields;
        } catch (InvalidProtocolBufferException e) {
            throw new NoAnswerException(
                    "the answer of " + this + " is no Protocol Buffers message: " + e.getMessage(), e);
        }
    }

    String text(ObjectNode fields) {
        return NAME.matcher(format)
                .replaceAll((MatchResult name) ->
                        Matcher.quoteReplacement(fields.path(name.group(1)).asText()));
    }

    @Override
    public String toString() {
        return method + " on " + peer;
    }
}
