package io.upstep.verifier.check.http;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.upstep.event.Evidence;
import io.upstep.verifier.check.Check;
import io.upstep.verifier.check.CheckContext;
import io.upstep.verifier.cluster.HttpAnswer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Whether an endpoint answers with JSON that has the expected value in the expected place. */
@ApplicationScoped
public class HttpJsonCheck implements Check<HttpJsonCheck.With> {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final HttpReader reader;

    public HttpJsonCheck(HttpReader reader) {
        this.reader = reader;
    }

    /**
     * @param url to ask directly; or
     * @param service with {@code port}, to ask through the API server
     * @param pointer RFC 6901: where in the answer
     * @param expected the value there
     */
    public record With(String url, String service, String port, String path, String pointer, JsonNode expected) {
        public With {
            new Endpoint(url, service, port, path);
            if (pointer == null || expected == null) {
                throw new IllegalArgumentException("expected a 'pointer' and what is 'expected' there");
            }
            JsonPointer.compile(pointer);
        }
    }

    @Override
    public String name() {
        return "http.json";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    public List<Evidence> look(With with, CheckContext context) {
        Endpoint endpoint = new Endpoint(with.url(), with.service(), with.port(), with.path());
        HttpAnswer answer = reader.get(endpoint, context);
        String expected = with.pointer() + " = " + with.expected();
        if (!answer.isGood()) {
            return List.of(context.failed(
                    endpoint.toString(), expected, "status " + answer.status() + ": " + answer.excerpt()));
        }
        if (!answer.complete()) {
            return List.of(context.unknown(
                    endpoint.toString(),
                    expected,
                    "the answer is longer than " + answer.body().length() + " characters"));
        }
        try {
            JsonNode value = JSON.readTree(answer.body()).at(with.pointer());
            return List.of(context.judged(
                    same(value, with.expected()),
                    endpoint.toString(),
                    expected,
                    value.isMissingNode() ? "nothing there" : value.toString()));
        } catch (JsonProcessingException e) {
            return List.of(context.failed(endpoint.toString(), expected, "no JSON: " + answer.excerpt()));
        }
    }

    /** 1 and 1.0 are the same number. */
    private static boolean same(JsonNode value, JsonNode expected) {
        return value.isNumber() && expected.isNumber()
                ? value.decimalValue().compareTo(expected.decimalValue()) == 0
                : value.equals(expected);
    }
}
