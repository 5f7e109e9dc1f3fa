package io.upstep.executor.action.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What is in a database that a new one does not have; what extensions have brought is theirs. */
final class DatabaseContents {
    /** More would be no more telling. */
    static final int MOST = 20;

    private static final String OWN = " n.nspname <> 'information_schema' and n.nspname !~ '^pg_'"
            + " and not exists (select 1 from pg_catalog.pg_depend d where d.deptype = 'e' and d.objid = %s.oid"
            + " and d.classid = '%s'::pg_catalog.regclass)";

    /** Anything at all: a migration tool takes a lone sequence or function for the schema of an older version. */
    private static final String ALL = String.join(
            " union all ",
            "select case c.relkind when 'S' then 'sequence' when 'v' then 'view' when 'm' then 'materialized view'"
                    + " when 'f' then 'foreign table' else 'table' end || ' ' || n.nspname || '.' || c.relname"
                    + " from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace"
                    + " where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S') and"
                    + OWN.formatted("c", "pg_catalog.pg_class"),
            "select 'type ' || n.nspname || '.' || t.typname from pg_catalog.pg_type t"
                    + " join pg_catalog.pg_namespace n on n.oid = t.typnamespace"
                    + " where t.typtype in ('e', 'd', 'r') and"
                    + OWN.formatted("t", "pg_catalog.pg_type"),
            "select 'function ' || n.nspname || '.' || p.proname from pg_catalog.pg_proc p"
                    + " join pg_catalog.pg_namespace n on n.oid = p.pronamespace where"
                    + OWN.formatted("p", "pg_catalog.pg_proc"),
            "select 'schema ' || n.nspname from pg_catalog.pg_namespace n where n.nspname <> 'public' and"
                    + OWN.formatted("n", "pg_catalog.pg_namespace"),
            "select 'large object ' || l.oid from pg_catalog.pg_largeobject_metadata l");

    private DatabaseContents() {}

    /** The first of them by name; none if the database is completely empty. */
    static List<String> of(Connection connection) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("select * from (" + ALL + ") as everything order by 1 limit " + MOST)) {
            while (row.next()) {
                found.add(row.getString(1));
            }
        }
        return found;
    }
}
