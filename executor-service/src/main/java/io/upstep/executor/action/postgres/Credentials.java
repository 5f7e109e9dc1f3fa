package io.upstep.executor.action.postgres;

import io.fabric8.kubernetes.api.model.Secret;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** A user and a password, from a Secret in the installation's namespace and from nowhere else. */
record Credentials(String user, String password) {

    static Credentials read(Database database, StepContext context) {
        String name = database.secretRef().name();
        Secret secret = Optional.ofNullable(context.client()
                        .secrets()
                        .inNamespace(context.namespace())
                        .withName(name)
                        .get())
                .orElseThrow(() -> ActionException.permanent(
                        "secret-not-found",
                        "expected Secret " + name + " in namespace " + context.namespace() + " with the credentials of "
                                + database + ", and there is none"));
        String user =
                database.user() == null ? value(secret, database.secretRef().userKey()) : database.user();
        return new Credentials(user, value(secret, database.secretRef().passwordKey()));
    }

    private static String value(Secret secret, String key) {
        Map<String, String> data = secret.getData() == null ? Map.of() : secret.getData();
        if (!data.containsKey(key)) {
            throw ActionException.permanent(
                    "secret-not-found",
                    "expected the key '" + key + "' in Secret "
                            + secret.getMetadata().getName() + ", came only " + data.keySet());
        }
        return new String(Base64.getDecoder().decode(data.get(key)), StandardCharsets.UTF_8);
    }

    // A record would tell its parts.
    @Override
    public String toString() {
        return "credentials of " + user;
    }
}
