package io.upstep.planner.store;

import io.upstep.planner.plan.Hold;
import io.upstep.planner.plan.PlanStatus;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What the store looks like at one moment.
 *
 * @param holds how many plans that are not over are kept from being forgotten by what
 * @param stuck the ids of plans that are kept by nothing, or whose time has come and gone: never any. At most 20 are named
 */
public record Figures(Map<PlanStatus, Long> plans, Map<Hold, Long> holds, Outbox.Depth outbox, List<String> stuck) {
    /** A timer waits for the plan's last message to leave; how long that takes is another figure. */
    private static final String STUCK = """
            select id::text from plan
            where active and (hold is null or wake_at < now() - interval '2 minutes'
                and not exists (select 1 from outbox where outbox.plan_id = plan.id))
            order by number limit 20
            """;

    static Figures read(Connection connection) throws SQLException {
        Map<PlanStatus, Long> plans = new EnumMap<>(PlanStatus.class);
        Sql.query(
                connection,
                "select status, count(*) as plans from plan group by status",
                row -> plans.put(PlanStatus.valueOf(row.getString("status")), row.getLong("plans")));
        Map<Hold, Long> holds = new EnumMap<>(Hold.class);
        Sql.query(
                connection,
                "select hold, count(*) as plans from plan where active and hold is not null group by hold",
                row -> holds.put(Hold.valueOf(row.getString("hold")), row.getLong("plans")));
        return new Figures(
                plans, holds, Outbox.depth(connection), Sql.query(connection, STUCK, row -> row.getString(1)));
    }
}
