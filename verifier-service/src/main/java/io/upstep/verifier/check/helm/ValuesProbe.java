package io.upstep.verifier.check.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.upstep.event.Fact;
import io.upstep.verifier.check.BoundedFact;
import io.upstep.verifier.check.CheckContext;
import io.upstep.verifier.check.Probe;
import io.upstep.verifier.check.SecretLooking;
import jakarta.enterprise.context.ApplicationScoped;

/** The values somebody gave a release, without those that look like secrets. */
@ApplicationScoped
public class ValuesProbe implements Probe<ValuesProbe.With> {

    /**
     * @param release the installation's own if not said
     * @param redact true, also if not said: facts are published
     */
    public record With(String release, Boolean redact) {
        public With {
            if (Boolean.FALSE.equals(redact)) {
                throw new IllegalArgumentException(
                        "expected 'redact' to be true, because facts are published and stored");
            }
        }
    }

    @Override
    public String name() {
        return "helm.values";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    public Fact observe(With with, CheckContext context) {
        String name = HelmRelease.named(with.release(), context);
        return HelmRelease.find(name, context)
                .map(release -> BoundedFact.of(told(release.values()), release + ", values"))
                .orElseGet(() -> Fact.unknown(
                        "Helm has no record of release " + name + " in " + context.namespace() + ", so no values"));
    }

    /** A release installed without values has null. */
    private static JsonNode told(JsonNode values) {
        return values.isObject() ? SecretLooking.hidden(values) : JsonNodeFactory.instance.objectNode();
    }
}
