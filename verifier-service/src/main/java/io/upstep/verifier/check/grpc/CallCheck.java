package io.upstep.verifier.check.grpc;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.upstep.event.Evidence;
import io.upstep.verifier.check.Check;
import io.upstep.verifier.check.CheckContext;
import io.upstep.verifier.check.SameJson;
import io.upstep.verifier.check.SecretLooking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/** Whether a gRPC method answers what it should, for example the version that was rolled out. */
@ApplicationScoped
public class CallCheck implements Check<CallCheck.With> {
    private final Calls calls;

    public CallCheck(Calls calls) {
        this.calls = calls;
    }

    /**
     * @param service in the installation's namespace; or
     * @param host that the verifier itself can reach
     * @param method as {@code package.Service/Method}; it is called with an empty message
     * @param response the fields of the answer, by the names they get
     * @param format a text with those names in braces, which is to be the expected one; or
     * @param pointer where among the fields the expected value is to be
     */
    public record With(
            String service,
            String host,
            Integer port,
            Tls tls,
            String method,
            Map<String, Field> response,
            String format,
            String pointer,
            JsonNode expected) {
        public With {
            new Question(Peer.of(service, host, port, tls), method, response, format);
            if ((format == null) == (pointer == null) || expected == null) {
                throw new IllegalArgumentException("expected a 'format' or a 'pointer', and what is 'expected' there");
            }
            if (pointer != null) {
                JsonPointer.compile(pointer);
            }
        }

        private Question question() {
            return new Question(Peer.of(service, host, port, tls), method, response, format);
        }

        private JsonNode value(ObjectNode fields) {
            return pointer == null ? TextNode.valueOf(question().text(fields)) : fields.at(pointer);
        }

        private String wanted() {
            return (pointer == null ? "" : pointer + " = ") + expected.asText();
        }
    }

    @Override
    public String name() {
        return "grpc.call";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    public List<Evidence> look(With with, CheckContext context) {
        Question question = with.question();
        return Asking.of(question.peer(), question.toString(), with.wanted(), context, () -> {
            ObjectNode fields = question.ask(calls, context);
            JsonNode told = with.value((ObjectNode) SecretLooking.hidden(fields));
            return context.judged(
                    SameJson.same(with.value(fields), with.expected()),
                    question.toString(),
                    with.wanted(),
                    told.isMissingNode()
                            ? "nothing there"
                            : SecretLooking.hidden(told).asText());
        });
    }
}
