package io.upstep.executor.action.mongodb;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoServerException;
import io.upstep.executor.action.ActionException;
import java.util.Set;

/** Says what a MongoDB server refused, in its own words, or that it could not be asked. */
final class MongoFailures {
    private static final int SHOWN = 400;
    private static final int LOGIN = 18;
    /** Shutting down, in the middle of something else, out of time: they say nothing about what was asked. */
    private static final Set<Integer> PASSING = Set.of(50, 91, 117, 11_600, 11_602);

    private MongoFailures() {}

    static ActionException of(Mongod mongod, MongoException e) {
        String said = mongod + ": " + said(e);
        if (isLogin(e)) {
            return ActionException.permanent("database-login-refused", said);
        }
        if (!isAnswer(e)) {
            return ActionException.passing("database-unreachable", said);
        }
        return PASSING.contains(e.getCode())
                ? ActionException.passing("database-conflict", said)
                : ActionException.permanent("mongodb-refused", said);
    }

    /** The driver calls it so, too, when the connection breaks off or the server ends while it logs in. */
    private static boolean isLogin(MongoException e) {
        boolean brokenOff = e.getCause() instanceof MongoException cause
                && (!isAnswer(cause) || PASSING.contains(cause.getCode()))
                && !(cause instanceof MongoSecurityException);
        return e.getCode() == LOGIN || (e instanceof MongoSecurityException && !brokenOff);
    }

    /** Whether the server itself has answered, so that asking again at once would bring the same. */
    static boolean isAnswer(MongoException e) {
        return e instanceof MongoServerException
                && !(e instanceof MongoNotPrimaryException)
                && !(e instanceof MongoNodeIsRecoveringException);
    }

    static String said(MongoException e) {
        // What the driver says of a login that was refused tells the user, but not what the server said.
        Throwable own = e instanceof MongoSecurityException && e.getCause() != null ? e.getCause() : e;
        String text = own instanceof MongoCommandException refused
                ? "MongoDB answered " + refused.getErrorCode() + " " + refused.getErrorCodeName() + ": "
                        + refused.getErrorMessage()
                : String.valueOf(own.getMessage());
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
