package io.upstep.executor.action.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.executor.action.ActionException;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A backup: which file it is, and what was in the database at the moment it shows. */
record RestorePoint(Meta meta, Fingerprint fingerprint) {
    static final int FORMAT = 1;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /**
     * @param location the file, on the executor's disk
     * @param tablesOnly the only tables that are in the fingerprint; null for all
     */
    record Meta(
            int format,
            String database,
            String serverVersion,
            String takenAt,
            String sha256,
            long bytes,
            String location,
            List<String> tablesOnly,
            Traits traits) {}

    /**
     * What a new database must have to take the backup in.
     *
     * @param roles who owns something in it, or was granted something
     * @param extensions by name, with their versions
     * @param dumpedBy the major version of the tool that wrote it
     */
    record Traits(
            String encoding,
            String collate,
            String ctype,
            String owner,
            List<String> roles,
            Map<String, String> extensions,
            int dumpedBy) {}

    byte[] json() {
        ObjectNode json = MAPPER.valueToTree(meta);
        json.setAll(MAPPER.<ObjectNode>valueToTree(fingerprint));
        try {
            return MAPPER.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("expected a tree of JSON to be written as such", e);
        }
    }

    static RestorePoint read(byte[] json) {
        try {
            RestorePoint point =
                    new RestorePoint(MAPPER.readValue(json, Meta.class), MAPPER.readValue(json, Fingerprint.class));
            if (point.meta.format() != FORMAT || point.fingerprint.tables() == null || point.meta.sha256() == null) {
                throw unreadable("format " + point.meta.format());
            }
            return point;
        } catch (IOException e) {
            throw unreadable(e.getClass().getSimpleName());
        }
    }

    private static ActionException unreadable(String came) {
        return ActionException.permanent(
                "backup-damaged",
                "expected what is known of the backup to be JSON of format " + FORMAT + ", came " + came
                        + "; take another backup");
    }
}
