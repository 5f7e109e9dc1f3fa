package io.upstep.verifier.check.mongodb;

import com.fasterxml.jackson.databind.node.TextNode;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoServerException;
import io.upstep.verifier.check.SecretLooking;
import java.util.Set;

/** A MongoDB server was reached and said no. */
final class MongodRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 400;
    private static final int LOGIN = 18;
    /** Out of time, shutting down, in the middle of something else: they say nothing about what was asked. */
    private static final Set<Integer> AWAY = Set.of(50, 91, 117, 11_600, 11_602);

    private final boolean login;

    MongodRefusedException(Mongod mongod, MongoException cause) {
        super(mongod + ": " + said(cause), cause);
        login = cause instanceof MongoSecurityException || cause.getCode() == LOGIN;
    }

    /** Whether the server itself has answered, so that asking again at once would bring the same. */
    static boolean isAnswer(MongoException e) {
        return (e instanceof MongoSecurityException && !brokeOff(e.getCause()))
                || (e instanceof MongoServerException
                        && !(e instanceof MongoNotPrimaryException)
                        && !(e instanceof MongoNodeIsRecoveringException)
                        && !AWAY.contains(e.getCode()));
    }

    /** A connection that breaks off while it logs in says nothing about the login. */
    private static boolean brokeOff(Throwable login) {
        return login instanceof MongoException cause && !isAnswer(cause);
    }

    boolean isLogin() {
        return login;
    }

    static String said(MongoException e) {
        // What the driver says of a login that was refused tells the user, but not what the server said.
        Throwable own = e instanceof MongoSecurityException && e.getCause() != null ? e.getCause() : e;
        String text = own instanceof MongoCommandException refused
                ? "MongoDB answered " + refused.getErrorCode() + " " + refused.getErrorCodeName() + ": "
                        + refused.getErrorMessage()
                : String.valueOf(own.getMessage());
        String shown = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
        return SecretLooking.hidden(TextNode.valueOf(shown)).asText();
    }
}
