package io.upstep.verifier.check.sql;

import io.upstep.verifier.VerifierConfig;
import io.upstep.verifier.check.CheckContext;
import io.upstep.verifier.cluster.NoAnswerException;
import io.upstep.verifier.cluster.Tunnel;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import org.postgresql.Driver;

/** Connects to databases, each time anew, for work that can only read and never takes for ever. */
@ApplicationScoped
public class Databases {
    static final String APPLICATION = "upstep-verifier";
    private static final int MAX_RESULT = 16 * 1024 * 1024;
    /** The server gets the chance to say itself that it took too long. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final VerifierConfig config;

    public Databases(VerifierConfig config) {
        this.config = config;
    }

    /** What is done with a connection. */
    @FunctionalInterface
    interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    /** What is made of a row. */
    @FunctionalInterface
    interface Read<T> {
        T of(ResultSet row) throws SQLException;
    }

    /**
     * Does the work in one transaction that sees the database as it was at one moment.
     *
     * @param perStatement how long the server may work on one statement
     * @throws NoAnswerException if there is nothing to connect to or nobody answers
     * @throws SqlRefusedException if the database says no
     */
    <T> T read(Database database, Duration perStatement, CheckContext context, Work<T> work) {
        database.gap().ifPresent(gap -> {
            throw new NoDatabaseException(gap);
        });
        Properties properties = properties(database, perStatement, context);
        try (Tunnel way = way(database, context)) {
            return read(database, way, properties, connection -> {
                begin(connection, perStatement);
                return work.run(connection);
            });
        }
    }

    private <T> T read(Database database, Tunnel way, Properties properties, Work<T> work) {
        String url =
                "jdbc:postgresql://" + bracketed(way.host()) + ":" + way.port() + "/" + encoded(database.database());
        try (Connection connection = new Driver().connect(url, properties)) {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            T result = work.run(connection);
            connection.rollback();
            return result;
        } catch (SQLException e) {
            if (SqlRefusedException.isAnswer(e)) {
                throw SqlRefusedException.of(e);
            }
            throw new NoAnswerException(
                    database + " cannot be asked: " + SqlRefusedException.said(e)
                            + way.problem()
                                    .map(problem -> " (on the way: " + problem + ")")
                                    .orElse(""),
                    e);
        }
    }

    private static Tunnel way(Database database, CheckContext context) {
        return database.host() == null
                ? context.cluster().reach(context.namespace(), database.service(), database.port())
                : Tunnel.direct(database.host(), database.port());
    }

    private Properties properties(Database database, Duration perStatement, CheckContext context) {
        Database.SecretRef ref = database.secretRef();
        Properties all = new Properties();
        all.setProperty(
                "user",
                database.user() == null
                        ? context.cluster().login(context.namespace(), ref.name(), ref.userKey())
                        : database.user());
        all.setProperty("password", context.cluster().login(context.namespace(), ref.name(), ref.passwordKey()));
        all.setProperty("ApplicationName", APPLICATION);
        all.setProperty("sslmode", database.sslMode().word());
        all.setProperty("connectTimeout", seconds(config.connectTimeout()));
        all.setProperty("loginTimeout", seconds(config.connectTimeout().plus(config.requestTimeout())));
        all.setProperty("socketTimeout", seconds(perStatement.plus(GRACE)));
        all.setProperty("maxResultBuffer", String.valueOf(MAX_RESULT));
        return all;
    }

    /** All for this transaction only: a pool in between may give the session to somebody else afterwards. */
    private static void begin(Connection connection, Duration perStatement) throws SQLException {
        run(connection, "set transaction isolation level repeatable read, read only");
        run(connection, "set local statement_timeout = " + perStatement.toMillis());
        run(connection, "set local lock_timeout = " + perStatement.toMillis());
        run(
                connection,
                "set local idle_in_transaction_session_timeout = "
                        + perStatement.plus(GRACE).toMillis());
    }

    private static String seconds(Duration time) {
        return String.valueOf(Math.max(1, time.toSeconds()));
    }

    private static String bracketed(String host) {
        return host.contains(":") ? "[" + host + "]" : host;
    }

    private static String encoded(String name) {
        return java.net.URLEncoder.encode(name, java.nio.charset.StandardCharsets.UTF_8);
    }

    /** For {@code SET} and the like, whose result is nobody's. */
    static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
