package io.upstep.planner.store;

import io.upstep.planner.plan.PlanStatus;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;

/**
 * What the store looks like at one moment.
 *
 * @param stuck plans that are not over and wait neither for a time nor for a person: never any, or an alert is due
 */
public record Figures(Map<PlanStatus, Long> plans, Outbox.Depth outbox, long stuck) {

    static Figures read(Connection connection) throws SQLException {
        Map<PlanStatus, Long> plans = new EnumMap<>(PlanStatus.class);
        Sql.query(
                connection,
                "select status, count(*) as plans from plan group by status",
                row -> plans.put(PlanStatus.valueOf(row.getString("status")), row.getLong("plans")));
        long stuck = Sql.query(
                        connection,
                        "select count(*) from plan where active and wake_at is null and status not in ('PLANNED', 'PAUSED')",
                        row -> row.getLong(1))
                .get(0);
        return new Figures(plans, Outbox.depth(connection), stuck);
    }
}
