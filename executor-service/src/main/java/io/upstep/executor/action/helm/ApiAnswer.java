package io.upstep.executor.action.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;

/** What Helm is answered, in the API server's words. */
record ApiAnswer(int code, String contentType, byte[] body) {
    private static final String JSON = "application/json";

    static ApiAnswer object(int code, JsonNode object) {
        return new ApiAnswer(code, JSON, object.toString().getBytes(StandardCharsets.UTF_8));
    }

    static ApiAnswer deleted() {
        return object(HttpURLConnection.HTTP_OK, status("Success"));
    }

    static ApiAnswer refused(int code, String reason, String message) {
        return object(
                code,
                status("Failure").put("message", message).put("reason", reason).put("code", code));
    }

    static ApiAnswer failed(KubernetesClientException e) {
        if (e.getCode() <= 0 || e.getStatus() == null) {
            int code = e.getCode() <= 0 ? HttpURLConnection.HTTP_UNAVAILABLE : e.getCode();
            return refused(code, "ServiceUnavailable", "the API server did not answer: " + e.getMessage());
        }
        return refused(e.getCode(), e.getStatus().getReason(), e.getStatus().getMessage());
    }

    private static ObjectNode status(String status) {
        ObjectNode answer =
                JsonNodeFactory.instance.objectNode().put("kind", "Status").put("apiVersion", "v1");
        answer.putObject("metadata");
        return answer.put("status", status);
    }
}
