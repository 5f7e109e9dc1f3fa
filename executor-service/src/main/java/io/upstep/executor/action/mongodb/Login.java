package io.upstep.executor.action.mongodb;

import com.mongodb.MongoCredential;
import io.fabric8.kubernetes.api.model.Secret;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** Reads a login from a Secret in the installation's namespace, and from nowhere else. */
final class Login {
    private Login() {}

    static Optional<MongoCredential> of(Mongod mongod, StepContext context) {
        return Optional.ofNullable(mongod.secretRef()).map(ref -> {
            Secret secret = secret(ref.name(), mongod, context);
            return MongoCredential.createCredential(
                    value(secret, ref.userKey()),
                    mongod.authenticationDatabase(),
                    value(secret, ref.passwordKey()).toCharArray());
        });
    }

    private static Secret secret(String name, Mongod mongod, StepContext context) {
        return Optional.ofNullable(context.client()
                        .secrets()
                        .inNamespace(context.namespace())
                        .withName(name)
                        .get())
                .orElseThrow(() -> ActionException.permanent(
                        "secret-not-found",
                        "expected Secret " + name + " in namespace " + context.namespace() + " with the login of "
                                + mongod + ", and there is none"));
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
}
