package io.upstep.executor.action.mongodb;

import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.ServerAddress;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.connection.ClusterConnectionMode;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.Aside;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.StoppedException;
import io.upstep.executor.action.route.Address;
import io.upstep.executor.action.route.Route;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.bson.Document;

/** An attempt's conversation with one mongod process, over one connection: it ends with either of them. */
final class MongodSession implements AutoCloseable {
    private static final String APPLICATION = "upstep-executor";
    private static final String ADMIN = "admin";
    /** Raising a compatibility version can take a server minutes, in which it says nothing. */
    private static final Duration SILENCE = Duration.ofMinutes(10);

    private final Mongod mongod;
    private final Route route;
    private final MongoClient client;
    private final Aside aside;

    private MongodSession(Mongod mongod, Route route, MongoClient client, StepContext context) {
        this.mongod = mongod;
        this.route = route;
        this.client = client;
        this.aside = new Aside("upstep-mongodb", context, client::close);
    }

    static MongodSession open(Mongod mongod, Route route, Duration connectTimeout, StepContext context) {
        MongoClient client = MongoClients.create(settings(mongod, route.address(), connectTimeout, context));
        return new MongodSession(mongod, route, client, context);
    }

    private static MongoClientSettings settings(
            Mongod mongod, Address address, Duration connectTimeout, StepContext context) {
        int millis = Math.toIntExact(connectTimeout.toMillis());
        MongoClientSettings.Builder settings = MongoClientSettings.builder()
                .applicationName(APPLICATION)
                .retryReads(false)
                .retryWrites(false)
                .applyToClusterSettings(cluster -> cluster.mode(ClusterConnectionMode.SINGLE)
                        .hosts(List.of(new ServerAddress(address.host(), address.port())))
                        .serverSelectionTimeout(millis, TimeUnit.MILLISECONDS))
                .applyToConnectionPoolSettings(pool -> pool.maxSize(1).addConnectionPoolListener(new OneConnection()))
                .applyToSocketSettings(socket -> socket.connectTimeout(millis, TimeUnit.MILLISECONDS)
                        .readTimeout(Math.toIntExact(SILENCE.toMillis()), TimeUnit.MILLISECONDS));
        Login.of(mongod, context).ifPresent(settings::credential);
        return settings.build();
    }

    /**
     * @throws ActionException with what the server said
     * @throws StoppedException when the attempt is to end; the connection is closed then
     */
    <T> T call(Function<MongoClient, T> work) {
        try {
            return unchecked(work);
        } catch (MongoException e) {
            throw MongoFailures.of(mongod, e);
        }
    }

    /** As {@link #call}, but what the driver throws goes through. */
    <T> T unchecked(Function<MongoClient, T> work) {
        return aside.call(() -> work.apply(client));
    }

    Document admin(Document command) {
        return call(connected -> connected.getDatabase(ADMIN).runCommand(command));
    }

    Document adminUnchecked(Document command) {
        return unchecked(connected -> connected.getDatabase(ADMIN).runCommand(command));
    }

    /** The server's version, for example 4.0.27. */
    String version() {
        return admin(new Document("buildInfo", 1)).getString("version");
    }

    @Override
    public void close() {
        aside.close();
        client.close();
        route.close();
    }
}
