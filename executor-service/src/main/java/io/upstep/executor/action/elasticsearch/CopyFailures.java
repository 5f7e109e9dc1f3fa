package io.upstep.executor.action.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import io.upstep.executor.action.ActionException;
import java.util.regex.Pattern;

/** Why a copy cannot go on, in the server's words and with what to do about it. */
final class CopyFailures {
    /** What is said when a node in between has been restarted, or was too busy for once: nothing is wrong with the copy. */
    private static final Pattern BROKEN_OFF = Pattern.compile(
            "connection (was )?(reset|closed)|connection is closed|broken pipe|end of chunk|premature end"
                    + "|no search context|search_context_missing|search phase|shards failed|shard.{0,20}not available"
                    + "|rejected execution|data too large|too many requests|service unavailable|no route to host|no living",
            Pattern.CASE_INSENSITIVE);

    private CopyFailures() {}

    static ActionException readOnly(String index, Node destination, String said) {
        return ActionException.permanent(
                "destination-read-only",
                "expected to write to " + index + " on " + destination + ", which is read-only: " + said
                        + "; its disk is probably fuller than the flood-stage watermark: make room, set"
                        + " index.blocks.read_only_allow_delete to null, and retry");
    }

    static ActionException of(String index, String remote, Node destination, String said) {
        if (said.contains("not whitelisted")) {
            return ActionException.permanent(
                    "remote-not-whitelisted",
                    "expected " + destination + " to be allowed to read from " + remote + ", it is not: " + said
                            + "; name it in the setting reindex.remote.whitelist of that node, and start it anew");
        }
        if (said.contains("read-only") || said.contains("read_only")) {
            return readOnly(index, destination, said);
        }
        if (said.contains("entity content is too long") || said.contains("buffer limit")) {
            return ActionException.permanent(
                    "batch-too-large",
                    "expected a batch of " + index + " to fit into 100 MB: " + said
                            + "; make 'batchSize', or that of this index in 'batchSizes', smaller");
        }
        if (said.contains("Connection refused") || said.contains("UnknownHost") || said.contains("timed out")) {
            return ActionException.passing(
                    "remote-unreachable",
                    "expected " + destination + " to reach " + remote + ", it does not: " + said
                            + "; 'remote' is the source as that node sees it");
        }
        if (BROKEN_OFF.matcher(said).find()) {
            return ActionException.passing(
                    "copy-broken-off",
                    "copying " + index + " from " + remote + " to " + destination + " broke off: " + said
                            + "; the next attempt goes on with what is missing");
        }
        return ActionException.permanent("copy-failed", "copying " + index + " to " + destination + " failed: " + said);
    }

    /** Of a task's end; empty if it has gone well. */
    static String said(JsonNode task) {
        if (task.has("error")) {
            return Answer.said(task.path("error"));
        }
        JsonNode failures = task.at("/response/failures");
        if (failures.isEmpty()) {
            return "";
        }
        JsonNode first = failures.get(0);
        JsonNode cause = first.has("cause") ? first.path("cause") : first.path("reason");
        String document = first.has("id") ? "document " + first.path("id").asText() + ": " : "";
        return document
                + Answer.said(cause)
                + (failures.size() == 1 ? "" : " (and " + (failures.size() - 1) + " more)");
    }
}
