package io.upstep.verifier.check.http;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.upstep.event.Fact;
import io.upstep.verifier.check.BoundedFact;
import io.upstep.verifier.check.CheckContext;
import io.upstep.verifier.check.Probe;
import io.upstep.verifier.check.SecretLooking;
import io.upstep.verifier.cluster.HttpAnswer;
import jakarta.enterprise.context.ApplicationScoped;

/** What an endpoint tells in one place of its JSON, for example its own version. */
@ApplicationScoped
public class HttpJsonProbe implements Probe<HttpJsonProbe.With> {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final HttpReader reader;

    public HttpJsonProbe(HttpReader reader) {
        this.reader = reader;
    }

    /**
     * @param url to ask directly; or
     * @param service with {@code port}, to ask through the API server
     * @param pointer RFC 6901: where in the answer
     */
    public record With(String url, String service, String port, String path, String pointer) {
        public With {
            new Endpoint(url, service, port, path);
            if (pointer == null) {
                throw new IllegalArgumentException("expected a 'pointer' to what is asked for");
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
    public Fact observe(With with, CheckContext context) {
        Endpoint endpoint = new Endpoint(with.url(), with.service(), with.port(), with.path());
        HttpAnswer answer = reader.get(endpoint, context);
        if (!answer.isGood() || !answer.complete()) {
            return Fact.unknown(endpoint + " answers with status " + answer.status() + ": " + answer.excerpt());
        }
        try {
            JsonNode value = JSON.readTree(answer.body()).at(with.pointer());
            String name = with.pointer().substring(with.pointer().lastIndexOf('/') + 1);
            return value.isMissingNode() || value.isNull()
                    ? Fact.unknown(endpoint + " has nothing at " + with.pointer())
                    : BoundedFact.of(SecretLooking.hidden(name, value), endpoint + ", " + with.pointer());
        } catch (JsonProcessingException e) {
            return Fact.unknown(endpoint + " answers with no JSON: " + answer.excerpt());
        }
    }
}
