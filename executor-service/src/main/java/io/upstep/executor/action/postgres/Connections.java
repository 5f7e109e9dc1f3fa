package io.upstep.executor.action.postgres;

import io.upstep.executor.action.StepContext;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.ssl.DefaultJavaSSLFactory;

/** How an attempt's connections are made: named after it, with limits to waiting, and silent about rows. */
final class Connections {
    private static final int SECONDS_TO_CONNECT = 10;
    private static final int SECONDS_TO_CANCEL = 5;

    private Connections() {}

    static PGSimpleDataSource source(Database database, Credentials credentials, StepContext context) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {database.host()});
        source.setPortNumbers(new int[] {database.port()});
        source.setDatabaseName(database.database());
        source.setUser(credentials.user());
        source.setPassword(credentials.password());
        source.setSslMode(database.sslMode().word());
        source.setApplicationName(name(context));
        source.setConnectTimeout(SECONDS_TO_CONNECT);
        source.setLoginTimeout(SECONDS_TO_CONNECT);
        source.setCancelSignalTimeout(SECONDS_TO_CANCEL);
        source.setTcpKeepAlive(true);
        if (database.sslMode() == Database.SslMode.VERIFY_FULL) {
            // The certificates the JVM trusts, rather than a file in the home directory of whoever runs it.
            source.setSslfactory(DefaultJavaSSLFactory.class.getName());
        }
        // Details quote rows.
        source.setLogServerErrorDetail(false);
        return source;
    }

    /** By this name a newer attempt finds what an older one has left open, client tools' connections included. */
    static String name(StepContext context) {
        return SessionName.of(FenceRow.key(context), context.attempt().epoch());
    }
}
