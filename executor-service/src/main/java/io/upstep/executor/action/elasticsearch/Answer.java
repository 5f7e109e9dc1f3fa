package io.upstep.executor.action.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import io.upstep.executor.action.ActionException;
import java.net.HttpURLConnection;
import java.util.Set;

/** What a node answered. */
record Answer(int status, JsonNode body) {
    private static final int GOOD = 300;
    /** A node that starts, is full of work or has not found its shards yet says one of these. */
    private static final Set<Integer> LATER = Set.of(429, 502, 503, 504);

    private static final int SHOWN = 500;

    boolean isGood() {
        return status < GOOD;
    }

    boolean isMissing() {
        return status == HttpURLConnection.HTTP_NOT_FOUND;
    }

    boolean isLater() {
        return LATER.contains(status);
    }

    /** @param what was asked, for people */
    Answer required(String what) {
        if (!isGood()) {
            throw failure(what);
        }
        return this;
    }

    private ActionException failure(String what) {
        if (status == HttpURLConnection.HTTP_UNAUTHORIZED || isSecurity()) {
            return ActionException.permanent(
                    "elasticsearch-refused",
                    what + " was refused: " + reason() + "; name a Secret with user and password as 'secretRef'");
        }
        return ActionException.permanent("elasticsearch-error", what + " failed: " + reason());
    }

    private boolean isSecurity() {
        return status == HttpURLConnection.HTTP_FORBIDDEN
                && body.at("/error/type").asText().contains("security");
    }

    /** In the server's own words. */
    String reason() {
        JsonNode error = body.path("error");
        String said = error.isTextual() ? error.asText() : said(error);
        return said.isEmpty() ? "status " + status : said;
    }

    /** What a server says of a failure, wherever it is told: in an answer, in a task, of a document. */
    static String said(JsonNode error) {
        StringBuilder said = new StringBuilder();
        for (JsonNode cause = error; cause.isObject() && said.length() < SHOWN; cause = cause.path("caused_by")) {
            String reason = cause.path("reason").asText(cause.path("type").asText());
            if (said.indexOf(reason) < 0) {
                said.append(said.length() == 0 ? "" : ": ").append(reason);
            }
        }
        return said.length() <= SHOWN ? said.toString() : said.substring(0, SHOWN) + "…";
    }
}
