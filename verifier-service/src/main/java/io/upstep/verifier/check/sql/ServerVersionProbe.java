package io.upstep.verifier.check.sql;

import com.fasterxml.jackson.databind.node.TextNode;
import io.upstep.event.Fact;
import io.upstep.verifier.VerifierConfig;
import io.upstep.verifier.check.CheckContext;
import io.upstep.verifier.check.Probe;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;

/** The version of a PostgreSQL server, for example 11.22. */
@ApplicationScoped
public class ServerVersionProbe implements Probe<ServerVersionProbe.With> {
    private final Databases databases;
    private final VerifierConfig config;

    public ServerVersionProbe(Databases databases, VerifierConfig config) {
        this.databases = databases;
        this.config = config;
    }

    public record With(Database connection) {
        public With {
            Database.required(connection);
        }
    }

    @Override
    public String name() {
        return "postgres.server-version";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    public Fact observe(With with, CheckContext context) {
        try {
            return databases.read(
                    with.connection(),
                    config.queryTimeout(),
                    context,
                    connection -> Fact.known(
                            TextNode.valueOf(version(connection)),
                            with.connection().toString()));
        } catch (SqlRefusedException | NoDatabaseException e) {
            return Fact.unknown(e.getMessage());
        }
    }

    /** Without what its packager says after it. */
    static String version(Connection connection) throws SQLException {
        String full = connection.getMetaData().getDatabaseProductVersion();
        return full.replaceAll("[^0-9.].*", "");
    }
}
