package io.upstep.standalone.fault;

import java.util.Locale;

/** Everything that is done to the scene. */
enum Fault {
    KILL_PLANNER(Role.PLANNER, 3),
    KILL_EXECUTOR(Role.EXECUTOR, 4),
    KILL_VERIFIER(Role.VERIFIER, 3),
    KILL_BROKER(Role.BROKER, 2),
    KILL_DATABASE(Role.DATABASE, 2),
    FREEZE_PLANNER(Role.PLANNER, 2),
    FREEZE_EXECUTOR(Role.EXECUTOR, 2),
    FREEZE_VERIFIER(Role.VERIFIER, 2),
    FREEZE_BROKER(Role.BROKER, 2),
    FREEZE_DATABASE(Role.DATABASE, 2),
    /** Longer than its lease holds. */
    FREEZE_EXECUTOR_LONG(Role.EXECUTOR, 4),
    FREEZE_PLANNER_LONG(Role.PLANNER, 2),
    FREEZE_VERIFIER_LONG(Role.VERIFIER, 2),
    MESSAGE_DROPPED(null, 4),
    /** Sent again after others have overtaken it. */
    MESSAGE_DELAYED(null, 4),
    MESSAGE_DUPLICATED(null, 4),
    /** One of long ago comes again. */
    MESSAGE_REPLAYED(null, 4),
    API_REFUSES(null, 2),
    API_UNAVAILABLE(null, 2),
    API_HANGS(null, 2),
    API_CONFLICTS(null, 3),
    API_SLOW(null, 2),
    /** Answers some requests with an error. */
    API_ERRS(null, 2),
    /** Requests are never applied, and never answered. */
    API_LOSES_REQUESTS(null, 2),
    /** Requests are applied, and their answers are lost. */
    API_LOSES_ANSWERS(null, 3),
    /** A write arrives when its sender was given up long ago. */
    API_HOLDS_WRITE_LONG(null, 4);

    private final Role role;
    private final int weight;

    Fault(Role role, int weight) {
        this.role = role;
        this.weight = weight;
    }

    /** Whom it hits; null when it hits no process. */
    Role role() {
        return role;
    }

    /** How often it is chosen, compared with others. */
    int weight() {
        return weight;
    }

    boolean isKill() {
        return name().startsWith("KILL");
    }

    boolean isFreeze() {
        return name().startsWith("FREEZE");
    }

    boolean isLong() {
        return name().endsWith("LONG");
    }

    boolean isMessage() {
        return name().startsWith("MESSAGE");
    }

    /** As in tables. */
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
