package io.upstep.verifier.check.mongodb;

import com.mongodb.client.MongoClient;
import com.mongodb.client.model.CountOptions;
import com.mongodb.client.model.Sorts;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.bson.RawBsonDocument;

/** Reads what is in databases, in the way the executor does that notes it. */
final class Contents {
    private static final int BATCH = 100;

    private final MongoClient client;
    private final Duration patience;

    Contents(MongoClient client, Duration patience) {
        this.client = client;
        this.patience = patience;
    }

    /** Full names, without views and without what the server keeps for itself. */
    Set<String> collections(Set<String> databases) {
        Set<String> names = new TreeSet<>();
        for (String database : databases) {
            for (Document info : client.getDatabase(database).listCollections()) {
                String type = info.getString("type");
                String name = info.getString("name");
                if ((type == null || type.equals("collection")) && !name.startsWith("system.")) {
                    names.add(database + "." + name);
                }
            }
        }
        return names;
    }

    long count(String fullName) {
        return client.getDatabase(database(fullName))
                .getCollection(collection(fullName))
                .countDocuments(new Document(), new CountOptions().maxTime(patience.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** @param sample over how many documents, in the order of their ids */
    String md5(String fullName, int sample) {
        MessageDigest md5 = md5();
        if (sample > 0) {
            for (RawBsonDocument document : client.getDatabase(database(fullName))
                    .getCollection(collection(fullName), RawBsonDocument.class)
                    .find()
                    .sort(Sorts.ascending("_id"))
                    .limit(sample)
                    .batchSize(BATCH)
                    .maxTime(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                md5.update(document.getByteBuffer().asNIO());
            }
        }
        return HexFormat.of().formatHex(md5.digest());
    }

    private static String database(String fullName) {
        return fullName.substring(0, fullName.indexOf('.'));
    }

    private static String collection(String fullName) {
        return fullName.substring(fullName.indexOf('.') + 1);
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("expected every Java to have MD5", e);
        }
    }
}
