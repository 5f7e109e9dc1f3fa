package io.upstep.verifier.check.helm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.upstep.verifier.cluster.HelmRecord;
import io.upstep.verifier.cluster.NoAnswerException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.zip.GZIPInputStream;

/** Takes Helm's packing off a record: base64 once more, and gzip. */
final class Unpacked {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** A Secret holds 1 MiB; what becomes more than this was made to hurt. */
    private static final int LIMIT = 64 * 1024 * 1024;

    private Unpacked() {}

    static JsonNode of(HelmRecord found) {
        try {
            return JSON.readTree(unzipped(Base64.getDecoder().decode(found.packed()), found));
        } catch (JsonProcessingException e) {
            throw damaged(found, "no JSON");
        } catch (IOException e) {
            throw damaged(found, "no gzip");
        } catch (IllegalArgumentException e) {
            throw damaged(found, "no base64");
        }
    }

    private static byte[] unzipped(byte[] bytes, HelmRecord found) throws IOException {
        if (bytes.length > 0 && bytes[0] == '{') {
            return bytes;
        }
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            byte[] content = in.readNBytes(LIMIT + 1);
            if (content.length > LIMIT) {
                throw damaged(found, "more than " + LIMIT + " bytes");
            }
            return content;
        }
    }

    /** Without the cause: what a parser quotes is the record's content, passwords and all. */
    private static NoAnswerException damaged(HelmRecord found, String what) {
        return new NoAnswerException("expected " + found + " to be a release as Helm 3 packs it, came " + what);
    }
}
