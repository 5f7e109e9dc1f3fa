package io.upstep.verifier.check.kubernetes;

import io.upstep.event.Fact;
import io.upstep.verifier.check.CheckContext;
import io.upstep.verifier.check.Probe;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The uids of objects, by name. */
@ApplicationScoped
public class IdentitiesProbe implements Probe<IdentitiesProbe.With> {

    /** @param names only those of these names */
    public record With(String kind, String apiVersion, String selector, List<String> names) {
        public With {
            new Identities(kind, apiVersion, selector, names);
        }

        private Identities identities() {
            return new Identities(kind, apiVersion, selector, names);
        }
    }

    @Override
    public String name() {
        return "kubernetes.identities";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    public Fact observe(With with, CheckContext context) {
        Identities identities = with.identities();
        return Fact.known(
                Identities.json(identities.read(context)), "uids of " + identities + " in " + context.namespace());
    }
}
