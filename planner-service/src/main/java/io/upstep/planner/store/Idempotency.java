package io.upstep.planner.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.upstep.event.EventCodec;
import io.upstep.planner.plan.Submission;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Remembers which submission came under which key, so that one sent twice makes one plan. */
final class Idempotency {
    private Idempotency() {}

    /**
     * Takes the key. Waits if another transaction is taking it.
     *
     * @return what it was taken for before; empty if it was free
     */
    static Optional<Use> take(
            Connection connection, String actor, String key, UUID planId, Submission submission, Instant now)
            throws SQLException {
        int taken = Sql.update(
                connection,
                "insert into idempotency (actor, key, plan_id, submission, created_at) values (?, ?, ?, ?::jsonb, ?)"
                        + " on conflict do nothing",
                actor,
                key,
                planId,
                Json.write(submission),
                now);
        if (taken == 1) {
            return Optional.empty();
        }
        return Sql.query(
                        connection,
                        "select plan_id, submission from idempotency where actor = ? and key = ?",
                        row -> new Use(
                                row.getObject("plan_id", UUID.class),
                                Json.read(row.getString("submission"), JsonNode.class)
                                        .equals(EventCodec.mapper().valueToTree(submission))),
                        actor,
                        key)
                .stream()
                .findFirst();
    }

    static void forget(Connection connection, Instant before) throws SQLException {
        Sql.update(connection, "delete from idempotency where created_at < ?", before);
    }

    /** @param same whether it was the same submission */
    record Use(UUID planId, boolean same) {}
}
