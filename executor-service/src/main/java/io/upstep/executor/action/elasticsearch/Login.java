package io.upstep.executor.action.elasticsearch;

import io.fabric8.kubernetes.api.model.Secret;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** A user and a password, from a Secret in the installation's namespace and from nowhere else. */
record Login(String user, String password) {

    /** Empty where the connection names no Secret. */
    static Optional<Login> read(Connection connection, StepContext context) {
        return Optional.ofNullable(connection.secretRef()).map(ref -> {
            Secret secret = Optional.ofNullable(context.client()
                            .secrets()
                            .inNamespace(context.namespace())
                            .withName(ref.name())
                            .get())
                    .orElseThrow(() -> ActionException.permanent(
                            "secret-not-found",
                            "expected Secret " + ref.name() + " in namespace " + context.namespace()
                                    + " with user and password of " + connection + ", and there is none"));
            return new Login(value(secret, ref.userKey()), value(secret, ref.passwordKey()));
        });
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

    String header() {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    // A record would tell its parts.
    @Override
    public String toString() {
        return "login of " + user;
    }
}
