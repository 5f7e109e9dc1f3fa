package io.upstep.executor.action.postgres;

import io.upstep.executor.action.ActionException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Gives a copy what is a database's own and in no dump of it: owner, connection limit, privileges, settings. */
final class CarryOver {
    private static final Pattern MEMBER = Pattern.compile("\\s*(?:\"((?:[^\"]|\"\")*)\"|([^,]+))\\s*(?:,|$)");

    /** Their values are lists, which may not be quoted as one text; but each member is, because its owner may write there what he likes. */
    private static final Set<String> LISTS =
            Set.of("search_path", "local_preload_libraries", "session_preload_libraries", "temp_tablespaces");

    private static final String LIMIT =
            "select datconnlimit::text, datacl is not null from pg_catalog.pg_database where datname = ?";
    private static final String OWNER =
            "select pg_catalog.pg_get_userbyid(datdba) from pg_catalog.pg_database where datname = ?";
    private static final String PRIVILEGES =
            "select case grantee when 0 then null else pg_catalog.pg_get_userbyid(grantee) end, privilege_type,"
                    + " is_grantable from pg_catalog.pg_database, pg_catalog.aclexplode(datacl) where datname = ?"
                    + " and grantee <> datdba";
    private static final String SETTINGS =
            "select r.rolname, c from pg_catalog.pg_db_role_setting s join pg_catalog.pg_database d on d.oid = setdatabase"
                    + " left join pg_catalog.pg_roles r on r.oid = setrole, unnest(setconfig) c where datname = ?";

    private final Server server;
    private final List<String> notes = new ArrayList<>();

    /** A line of a catalogue. */
    private record Row(String first, String second, boolean third) {}

    CarryOver(Server server) {
        this.server = server;
    }

    /** Returns what could not be carried over, for people. */
    List<String> run(String from, String to, String owner, RestorePoint.Meta meta) {
        String copy = Sql.name(to);
        if (owner == null) {
            // Last of all would be too late: who is not the owner any more may not do the rest.
            String was = rows(OWNER, from, 1).stream()
                    .map(Row::first)
                    .findFirst()
                    .orElse(meta.traits().owner());
            settings(from, copy);
            own(was, to, copy);
        } else {
            settings(from, copy);
        }
        return notes;
    }

    private void own(String owner, String to, String copy) {
        String is = rows(OWNER, to, 1).get(0).first();
        if (!is.equals(owner)) {
            execute(
                    "alter database " + copy + " owner to " + Sql.name(owner),
                    "its owner is " + is + " and not " + owner);
        }
    }

    private void settings(String from, String copy) {
        for (Row row : rows(LIMIT, from, 2)) {
            execute(
                    "alter database " + copy + " connection limit " + row.first(),
                    "its connection limit is not carried over");
            if (row.third()) {
                execute("revoke all on database " + copy + " from public", "everybody may connect to it");
            }
        }
        for (Row row : rows(PRIVILEGES, from, 3)) {
            String who = row.first() == null ? "public" : Sql.name(row.first());
            execute(
                    "grant " + row.second() + " on database " + copy + " to " + who
                            + (row.third() ? " with grant option" : ""),
                    "the privilege " + row.second() + " of " + who + " is not carried over");
        }
        for (Row row : rows(SETTINGS, from, 2)) {
            setting(row.first(), row.second(), copy);
        }
    }

    private void setting(String role, String setting, String copy) {
        int equals = setting.indexOf('=');
        String name = setting.substring(0, equals);
        String value = setting.substring(equals + 1);
        String whose = role == null ? "database " + copy : "role " + Sql.name(role) + " in database " + copy;
        String quoted = LISTS.contains(name) ? members(value) : Sql.text(value);
        String parameter = List.of(name.split("\\.")).stream()
                .map(Sql::name)
                .reduce((a, b) -> a + "." + b)
                .orElse(name);
        execute(
                "alter " + whose + " set " + parameter + " to " + (quoted.isEmpty() ? "''" : quoted),
                "its setting " + name + " is not carried over");
    }

    private static String members(String list) {
        return MEMBER.matcher(list)
                .results()
                .map(member -> member.group(1) == null
                        ? member.group(2).strip()
                        : member.group(1).replace("\"\"", "\""))
                .map(Sql::text)
                .collect(Collectors.joining(", "));
    }

    private void execute(String sql, String otherwise) {
        try {
            server.transaction(held -> {
                server.side().execute(sql);
                return null;
            });
        } catch (ActionException e) {
            if (!e.code().equals("sql-failed")) {
                throw e;
            }
            notes.add(otherwise + ": " + e.getMessage());
        }
    }

    /** @param columns how many there are; the last may be a truth value */
    private List<Row> rows(String query, String database, int columns) {
        return server.side().call(connection -> read(connection, query, database, columns));
    }

    private static List<Row> read(Connection connection, String query, String database, int columns)
            throws SQLException {
        List<Row> found = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(query)) {
            select.setString(1, database);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    found.add(new Row(
                            row.getString(1),
                            columns < 2 ? null : row.getString(2),
                            "t".equals(row.getString(columns))));
                }
            }
        }
        return found;
    }
}
