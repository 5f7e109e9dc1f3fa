package io.upstep.verifier.check.mongodb;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoCredential;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoSocketReadException;
import com.mongodb.ServerAddress;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;

class MongodRefusedExceptionTest {
    private static final ServerAddress ADDRESS = new ServerAddress("127.0.0.1", 27_017);

    @Test
    void shouldNotTakeAConnectionThatBreaksOffForALoginThatIsRefused() {
        assertThat(isAnswer(new MongoSocketReadException("Prematurely reached end of stream", ADDRESS)))
                .isFalse();
        assertThat(isAnswer(new MongoCommandException(
                        BsonDocument.parse("{ok: 0, code: 91, codeName: 'ShutdownInProgress', errmsg: 'no'}"),
                        ADDRESS)))
                .isFalse();
        assertThat(isAnswer(new MongoCommandException(
                        BsonDocument.parse("{ok: 0, code: 18, codeName: 'AuthenticationFailed', errmsg: 'no'}"),
                        ADDRESS)))
                .isTrue();
        assertThat(isAnswer(new IllegalArgumentException("signature"))).isTrue();
    }

    private static boolean isAnswer(Throwable cause) {
        MongoCredential login = MongoCredential.createCredential("upstep", "admin", new char[0]);
        return MongodRefusedException.isAnswer(new MongoSecurityException(login, "Exception authenticating", cause));
    }
}
