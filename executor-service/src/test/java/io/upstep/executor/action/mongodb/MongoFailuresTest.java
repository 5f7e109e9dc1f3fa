package io.upstep.executor.action.mongodb;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoCredential;
import com.mongodb.MongoException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoSocketReadException;
import com.mongodb.ServerAddress;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;

class MongoFailuresTest {
    private static final ServerAddress ADDRESS = new ServerAddress("127.0.0.1", 27_017);
    private static final Mongod MONGOD = new Mongod("127.0.0.1", null, null, null, null);

    @Test
    void shouldTryAgainWhenTheConnectionBreaksOffWhileItLogsIn() {
        assertThat(code(new MongoSocketReadException("Prematurely reached end of stream", ADDRESS)))
                .isEqualTo("database-unreachable");
        assertThat(code(answer(91, "ShutdownInProgress"))).isEqualTo("database-unreachable");
    }

    @Test
    void shouldNotTryAgainWhenTheServerRefusesTheLogin() {
        assertThat(code(answer(18, "AuthenticationFailed"))).isEqualTo("database-login-refused");
        assertThat(code(new IllegalArgumentException("signature"))).isEqualTo("database-login-refused");
    }

    private static MongoException answer(int code, String name) {
        return new MongoCommandException(
                BsonDocument.parse("{ok: 0, code: " + code + ", codeName: '" + name + "', errmsg: 'no'}"), ADDRESS);
    }

    private static String code(Throwable cause) {
        MongoCredential login = MongoCredential.createCredential("upstep", "admin", new char[0]);
        return MongoFailures.of(MONGOD, new MongoSecurityException(login, "Exception authenticating", cause))
                .code();
    }
}
