package io.upstep.verifier.check.http;

import io.upstep.event.Evidence;
import io.upstep.verifier.check.Check;
import io.upstep.verifier.check.CheckContext;
import io.upstep.verifier.cluster.HttpAnswer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Whether an endpoint answers with the expected status. */
@ApplicationScoped
public class HttpStatusCheck implements Check<HttpStatusCheck.With> {
    private static final int OK = 200;
    private final HttpReader reader;

    public HttpStatusCheck(HttpReader reader) {
        this.reader = reader;
    }

    /**
     * @param url to ask directly; or
     * @param service with {@code port}, to ask through the API server
     * @param expected the status, 200 if not said
     */
    public record With(String url, String service, String port, String path, Integer expected) {
        public With {
            new Endpoint(url, service, port, path);
            expected = expected == null ? OK : expected;
        }
    }

    @Override
    public String name() {
        return "http.status";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    public List<Evidence> look(With with, CheckContext context) {
        Endpoint endpoint = new Endpoint(with.url(), with.service(), with.port(), with.path());
        HttpAnswer answer = reader.get(endpoint, context);
        boolean good = answer.status() == with.expected();
        return List.of(context.judged(
                good,
                endpoint.toString(),
                "status " + with.expected(),
                "status " + answer.status() + (good ? "" : ": " + answer.excerpt())));
    }
}
