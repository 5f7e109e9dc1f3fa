package io.upstep.planner.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** The planner's connections to PostgreSQL, an external one or its own. A lost connection is replaced, never repaired. */
@Singleton
public class Database implements AutoCloseable {
    private static final long IDLE_MILLIS = 15_000;

    private final EmbeddedServer server;
    private final HikariDataSource pool;

    @Inject
    public Database(StoreConfig config) {
        Optional<String> url = config.url().filter(text -> !text.isBlank());
        server = url.isPresent() ? null : EarlyServer.take(config.directory());
        DatabaseAddress address = server != null
                ? server.address()
                : new DatabaseAddress(
                        url.orElseThrow(),
                        config.username().orElse(null),
                        config.password().orElse(null));
        pool = open(address, config);
    }

    /** Does the work in one transaction: all of it or, if it throws, nothing. */
    public <T> T transact(Work<T> work) {
        try (Connection connection = pool.getConnection()) {
            try {
                T result = work.on(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                rollBack(connection, e);
                throw e;
            }
        } catch (SQLException e) {
            throw SqlProblems.translate(e);
        }
    }

    @Override
    @PreDestroy
    public void close() {
        close(pool);
    }

    private HikariDataSource open(DatabaseAddress address, StoreConfig config) {
        HikariDataSource opened = null;
        try {
            opened = pool(address, config);
            Migrations.run(opened);
            return opened;
        } catch (RuntimeException e) {
            close(opened);
            throw e;
        }
    }

    private void close(HikariDataSource opened) {
        if (opened != null) {
            opened.close();
        }
        if (server != null) {
            server.close();
        }
    }

    /** A connection that cannot even roll back is dead; the server has rolled back for it. */
    private static void rollBack(Connection connection, Exception cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private static HikariDataSource pool(DatabaseAddress address, StoreConfig config) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("planner");
        pool.setJdbcUrl(address.url());
        pool.setUsername(address.username());
        pool.setPassword(address.password());
        pool.setSchema(Migrations.SCHEMA);
        pool.setAutoCommit(false);
        pool.setMaximumPoolSize(config.connections());
        pool.setMinimumIdle(2);
        pool.setConnectionTimeout(config.patience().toMillis());
        pool.setInitializationFailTimeout(config.patience().toMillis());
        pool.addDataSourceProperty("ApplicationName", "upstep-planner");
        pool.addDataSourceProperty("socketTimeout", "30");
        pool.addDataSourceProperty("tcpKeepAlive", "true");
        // A planner that is paused in the middle of a transaction must not keep the others from the plans it had
        // locked.
        pool.addDataSourceProperty("options", "-c idle_in_transaction_session_timeout=" + IDLE_MILLIS);
        return new HikariDataSource(pool);
    }

    /** What is done in a transaction. */
    @FunctionalInterface
    public interface Work<T> {
        T on(Connection connection) throws SQLException;
    }
}
