package io.upstep.executor.action.postgres;

import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.kubernetes.KeptData;
import java.sql.Statement;
import java.util.List;

/** A database that a plan has made, and how it is told from everybody else's. */
final class NewDatabase {
    private static final String MARK = "upstep: made new by ";

    private final Database database;
    private final Server server;
    private final StepContext context;

    NewDatabase(Database database, Server server, StepContext context) {
        this.database = database;
        this.server = server;
        this.context = context;
    }

    boolean exists() {
        return server.exists(database.database());
    }

    /** Whether this plan has made it, whichever of its steps and attempts. */
    boolean isOurs() {
        return server.comment(database.database()).equals(mark());
    }

    List<String> contents() {
        try (Session session = Session.open(database, context)) {
            session.freeze();
            return session.call(DatabaseContents::of);
        }
    }

    /** Under another name first: the one that is waited for is there as a whole and marked, or not at all. */
    void make() {
        String name = database.database();
        dropLeftovers();
        String made = begun() + "_" + context.attempt().epoch();
        server.create(made, "");
        server.transaction(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("comment on database " + Sql.name(made) + " is " + Sql.text(mark()));
                statement.execute("alter database " + Sql.name(made) + " rename to " + Sql.name(name));
            }
            return null;
        });
    }

    /** What attempts have begun that were cut off. */
    void dropLeftovers() {
        server.numbered(begun()).forEach(server::drop);
    }

    void drop() {
        server.drop(database.database());
    }

    private String begun() {
        return Names.begun(database.database(), KeptData.shortPlan(context));
    }

    private String mark() {
        return MARK + "plan " + context.attempt().planId();
    }
}
