package io.upstep.executor.action.pachyderm;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.upstep.executor.action.ActionException;
import java.util.List;
import java.util.Map;

/**
 * What is known of an extract that was kept.
 *
 * @param version of the pachd it was taken of
 * @param opVersion of the operations in it, which is what another pachd must understand
 * @param objects whether the data themselves are in it
 * @param ops how many operations there are of each kind
 * @param repos what they were called at that moment, output repos among them
 * @param location the file, on the executor's disk
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Extract(
        int format,
        String version,
        String opVersion,
        boolean objects,
        Map<String, Long> ops,
        List<String> repos,
        List<String> pipelines,
        String sha256,
        long bytes,
        String location,
        String takenAt) {
    static final int FORMAT = 1;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    String json() {
        try {
            return MAPPER.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("expected a record to be written as JSON", e);
        }
    }

    static Extract read(String json) {
        try {
            Extract extract = MAPPER.readValue(json, Extract.class);
            if (extract.format == FORMAT && extract.sha256 != null && extract.ops != null) {
                return extract;
            }
            throw damaged("format " + extract.format);
        } catch (JsonProcessingException e) {
            throw damaged(e.getClass().getSimpleName());
        }
    }

    private static ActionException damaged(String came) {
        return ActionException.permanent(
                "extract-damaged", "expected what is known of the extract to be JSON of format 1, came " + came);
    }
}
