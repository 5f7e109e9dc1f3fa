package io.upstep.executor.action.mongodb;

import io.upstep.executor.action.ActionException;
import java.util.List;
import org.bson.Document;

/**
 * The feature compatibility version of a server: which version's format its data are in.
 *
 * @param version for example 3.6
 * @param target where a change that was begun and not ended leads to; null if there is none
 */
record Compatibility(String version, String target) {
    static final List<String> SERIES = List.of("3.4", "3.6", "4.0", "4.2", "4.4", "5.0", "6.0", "7.0", "8.0");
    private static final String NAME = "featureCompatibilityVersion";
    /** From here on a server wants to hear that there is no way back. */
    private static final int CONFIRMED = SERIES.indexOf("7.0");

    static Compatibility read(MongodSession session) {
        Document answer = session.admin(new Document("getParameter", 1).append(NAME, 1));
        Object value = answer.get(NAME);
        if (value instanceof Document document) {
            return new Compatibility(document.getString("version"), document.getString("targetVersion"));
        }
        // As 3.4 has it.
        return new Compatibility(String.valueOf(value), null);
    }

    static Document command(String to) {
        Document command = new Document("setFeatureCompatibilityVersion", to);
        return SERIES.indexOf(to) >= CONFIRMED ? command.append("confirm", true) : command;
    }

    boolean is(String wanted) {
        return version.equals(wanted) && target == null;
    }

    /** @throws ActionException {@code compatibility-gap} unless one round leads from here to there */
    void requireOneRoundTo(String to) {
        String before = SERIES.get(SERIES.indexOf(to) - 1);
        boolean near = version.equals(before) || version.equals(to);
        if (!near || (target != null && !target.equals(to))) {
            throw ActionException.permanent(
                    "compatibility-gap",
                    "expected the feature compatibility version " + before + " before it is raised to " + to + ", came "
                            + this + "; no version can be left out: start a server of the version in between first");
        }
    }

    @Override
    public String toString() {
        return target == null ? version : version + " on its way to " + target;
    }
}
