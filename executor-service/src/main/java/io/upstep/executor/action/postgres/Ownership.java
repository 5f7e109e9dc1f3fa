package io.upstep.executor.action.postgres;

import io.upstep.executor.action.ActionException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Whose the objects of a restored copy will be: whose they were, where that can be, which takes a superuser and the same
 * roles; else of one role, and without privileges.
 *
 * @param options for pg_restore
 * @param notes what is not as it was
 */
record Ownership(List<String> options, List<String> notes) {

    static Ownership of(RestorePoint.Meta meta, String owner, Connection connection) throws SQLException {
        requireExtensions(meta, connection);
        List<String> roles = meta.traits().roles();
        if (owner != null) {
            return alone("--role=" + owner, "everything belongs to " + owner + ", as the step says");
        }
        List<String> missing = missing(roles, "select rolname from pg_catalog.pg_roles", connection);
        if (missing.isEmpty()
                && TraitsReader.number(
                                connection,
                                "select rolsuper::int from pg_catalog.pg_roles where rolname = current_user")
                        == 1) {
            return new Ownership(List.of(), List.of());
        }
        String user = connection.getMetaData().getUserName();
        if (roles.stream().allMatch(user::equals)) {
            return new Ownership(List.of("--no-owner", "--no-privileges"), List.of());
        }
        return alone(
                null,
                "everything belongs to " + user + ", and privileges of others are gone, because "
                        + (missing.isEmpty() ? user + " is no superuser" : "there are no roles " + missing));
    }

    private static Ownership alone(String role, String note) {
        List<String> options = new ArrayList<>(List.of("--no-owner", "--no-privileges"));
        if (role != null) {
            options.add(role);
        }
        return new Ownership(options, List.of(note));
    }

    private static void requireExtensions(RestorePoint.Meta meta, Connection connection) throws SQLException {
        List<String> missing = missing(
                List.copyOf(meta.traits().extensions().keySet()),
                "select name from pg_catalog.pg_available_extensions",
                connection);
        if (!missing.isEmpty()) {
            throw ActionException.permanent(
                    "extension-missing",
                    "expected the extensions " + missing
                            + " on the server, which the database uses; install them there");
        }
    }

    private static List<String> missing(List<String> wanted, String query, Connection connection) throws SQLException {
        List<String> missing = new ArrayList<>(wanted);
        try (PreparedStatement select = connection.prepareStatement(query);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                missing.remove(row.getString(1));
            }
        }
        return missing;
    }
}
