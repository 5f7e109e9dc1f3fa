package io.upstep.verifier.check.grpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.upstep.event.Fact;
import io.upstep.verifier.check.BoundedFact;
import io.upstep.verifier.check.CheckContext;
import io.upstep.verifier.check.Probe;
import io.upstep.verifier.check.SecretLooking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;

/** What a gRPC method answers, for example which version a server is. */
@ApplicationScoped
public class CallProbe implements Probe<CallProbe.With> {
    private final Calls calls;

    public CallProbe(Calls calls) {
        this.calls = calls;
    }

    /**
     * @param service in the installation's namespace; or
     * @param host that the verifier itself can reach
     * @param method as {@code package.Service/Method}; it is called with an empty message
     * @param response the fields of the answer, by the names they get
     * @param format a text with those names in braces, if the fact is to be a text
     */
    public record With(
            String service,
            String host,
            Integer port,
            Tls tls,
            String method,
            Map<String, Field> response,
            String format) {
        public With {
            new Question(Peer.of(service, host, port, tls), method, response, format);
        }

        private Question question() {
            return new Question(Peer.of(service, host, port, tls), method, response, format);
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
    public Fact observe(With with, CheckContext context) {
        Question question = with.question();
        Optional<String> gap = question.peer().place().gap();
        if (gap.isPresent()) {
            return Fact.unknown(gap.get());
        }
        try {
            return fact(question, question.ask(calls, context));
        } catch (CallRefusedException e) {
            return Fact.unknown(e.getMessage());
        }
    }

    private static Fact fact(Question question, ObjectNode fields) {
        JsonNode value = question.format() == null ? fields : TextNode.valueOf(question.text(fields));
        return SecretLooking.hidden(fields).equals(fields)
                        && SecretLooking.hidden(value).equals(value)
                ? BoundedFact.of(value, question.toString())
                : Fact.unknown(question + " brings something that looks secret, which a fact may not tell");
    }
}
