package io.upstep.executor.action.postgres;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;

/** Opens connections for as long as the attempt has the fence, and ends them all when it has to. */
final class FencedSource implements DataSource, AutoCloseable {
    private static final org.jboss.logging.Logger LOG = org.jboss.logging.Logger.getLogger(FencedSource.class);

    private final PGSimpleDataSource source;
    private final FenceRow fence;
    private final List<Connection> opened = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    /** @param fence null where nothing is written */
    FencedSource(PGSimpleDataSource source, FenceRow fence) {
        this.source = source;
        this.fence = fence;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = source.getConnection();
        opened.add(connection);
        if (closed) {
            connection.close();
        } else if (fence != null) {
            fence.require(connection);
        }
        return connection;
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("the attempt's own user is the only one");
    }

    /** What is still open is still at work: closing alone would leave the server to it. */
    @Override
    public void close() {
        closed = true;
        for (Connection connection : opened) {
            try {
                if (!connection.isClosed()) {
                    connection.unwrap(PGConnection.class).cancelQuery();
                    connection.abort(Runnable::run);
                }
            } catch (SQLException e) {
                LOG.debugf("Closed already: %s", e.getMessage());
            }
        }
    }

    @Override
    public PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {
        // The driver's log goes where all logs go.
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        source.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return source.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return source.getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("expected to be used as it is, and not as " + type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
