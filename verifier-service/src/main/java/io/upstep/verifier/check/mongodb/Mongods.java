package io.upstep.verifier.check.mongodb;

import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCredential;
import com.mongodb.MongoException;
import com.mongodb.ServerAddress;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.connection.ClusterConnectionMode;
import io.upstep.verifier.VerifierConfig;
import io.upstep.verifier.check.CheckContext;
import io.upstep.verifier.cluster.NoAnswerException;
import io.upstep.verifier.cluster.Tunnel;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/** Connects to MongoDB servers, each time anew and to that server alone, for work that never takes for ever. */
@ApplicationScoped
public class Mongods {
    private static final String APPLICATION = "upstep-verifier";
    /** The server gets the chance to say itself that it took too long. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final VerifierConfig config;

    public Mongods(VerifierConfig config) {
        this.config = config;
    }

    /**
     * @param perCommand how long the server may work on one command
     * @throws NoAnswerException if there is nothing to connect to or nobody answers
     * @throws MongodRefusedException if the server says no
     */
    <T> T read(Mongod mongod, Duration perCommand, CheckContext context, Function<MongoClient, T> work) {
        try (Tunnel way = mongod.place().open(context.cluster(), context.namespace());
                MongoClient client = MongoClients.create(settings(mongod, way, perCommand, context))) {
            return asked(mongod, way, () -> work.apply(client));
        }
    }

    private static <T> T asked(Mongod mongod, Tunnel way, Supplier<T> work) {
        try {
            return work.get();
        } catch (MongoException e) {
            if (MongodRefusedException.isAnswer(e)) {
                throw new MongodRefusedException(mongod, e);
            }
            throw new NoAnswerException(
                    mongod + " cannot be asked: " + MongodRefusedException.said(e)
                            + way.problem()
                                    .map(problem -> " (on the way: " + problem + ")")
                                    .orElse(""),
                    e);
        }
    }

    private MongoClientSettings settings(Mongod mongod, Tunnel way, Duration perCommand, CheckContext context) {
        int connect = Math.toIntExact(config.connectTimeout().toMillis());
        int read = Math.toIntExact(perCommand.plus(GRACE).toMillis());
        MongoClientSettings.Builder settings = MongoClientSettings.builder()
                .applicationName(APPLICATION)
                .retryReads(false)
                .applyToClusterSettings(cluster -> cluster.mode(ClusterConnectionMode.SINGLE)
                        .hosts(List.of(new ServerAddress(way.host(), way.port())))
                        .serverSelectionTimeout(connect, TimeUnit.MILLISECONDS))
                .applyToConnectionPoolSettings(pool -> pool.maxSize(1))
                .applyToSocketSettings(socket ->
                        socket.connectTimeout(connect, TimeUnit.MILLISECONDS).readTimeout(read, TimeUnit.MILLISECONDS));
        mongod.login().ifPresent(ref -> settings.credential(credential(mongod, ref, context)));
        return settings.build();
    }

    private static MongoCredential credential(Mongod mongod, Mongod.SecretRef ref, CheckContext context) {
        return MongoCredential.createCredential(
                context.cluster().login(context.namespace(), ref.name(), ref.userKey()),
                mongod.authenticationDatabase(),
                context.cluster()
                        .login(context.namespace(), ref.name(), ref.passwordKey())
                        .toCharArray());
    }
}
