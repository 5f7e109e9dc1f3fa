package io.upstep.executor.action.postgres;

import io.upstep.executor.action.StepContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a client tool is told of its connection: in its environment, because arguments can be read by everybody. */
final class ToolEnvironment implements AutoCloseable {
    private final Map<String, String> variables = new TreeMap<>();
    private final Optional<Path> certificates;

    ToolEnvironment(Database database, Credentials credentials, StepContext context) {
        certificates = database.sslMode() == Database.SslMode.VERIFY_FULL
                ? Optional.of(TrustedCertificates.write())
                : Optional.empty();
        variables.put("PGHOST", database.host());
        variables.put("PGPORT", Integer.toString(database.port()));
        variables.put("PGUSER", credentials.user());
        variables.put("PGPASSWORD", credentials.password());
        variables.put("PGSSLMODE", database.sslMode().word());
        variables.put("PGAPPNAME", Connections.name(context));
        variables.put("PGCONNECT_TIMEOUT", "10");
        variables.put("PGTZ", "UTC");
        certificates.ifPresent(file -> variables.put("PGSSLROOTCERT", file.toString()));
    }

    private ToolEnvironment() {
        certificates = Optional.empty();
    }

    /** For work on files alone. */
    static ToolEnvironment none() {
        return new ToolEnvironment();
    }

    /** Leaves nothing of the executor's own environment that could lead elsewhere. */
    void putInto(Map<String, String> environment) {
        environment.keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_") || name.equals("LANG"));
        environment.put("LC_ALL", "C");
        environment.putAll(variables);
    }

    /** The argument that names the database: whatever it is called, it is not taken for options. */
    static String argument(String database) {
        return "--dbname=dbname='" + database.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    @Override
    public void close() {
        try {
            if (certificates.isPresent()) {
                Files.deleteIfExists(certificates.get());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
