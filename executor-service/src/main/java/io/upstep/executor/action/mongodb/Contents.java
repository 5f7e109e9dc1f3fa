package io.upstep.executor.action.mongodb;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Sorts;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.bson.Document;
import org.bson.RawBsonDocument;

/** Reads what is in a database: which collections, how many documents, and a checksum of the first of them. */
final class Contents {
    /** A whole database would take too long; these show whether documents are as they were. */
    static final int SAMPLE = 1000;

    private static final int BATCH = 100;

    private final MongodSession session;

    Contents(MongodSession session) {
        this.session = session;
    }

    /** A collection of a database. */
    record Name(String database, String collection) {
        @Override
        public String toString() {
            return database + "." + collection;
        }
    }

    /**
     * What is known of a collection.
     *
     * @param sampled how many documents the checksum is of
     * @param md5 over their BSON as the server sends it, in the order of their ids
     */
    record Collection(long count, int sampled, String md5) {}

    /** Without views, and without what the server keeps for itself. */
    List<String> collections(String database) {
        return session.call(client -> {
            List<String> names = new ArrayList<>();
            for (Document info : client.getDatabase(database).listCollections()) {
                String type = info.getString("type");
                String name = info.getString("name");
                if ((type == null || type.equals("collection")) && !name.startsWith("system.")) {
                    names.add(name);
                }
            }
            names.sort(String::compareTo);
            return names;
        });
    }

    Collection read(Name name) {
        return session.call(client -> read(client, name));
    }

    private static Collection read(MongoClient client, Name name) {
        MongoCollection<RawBsonDocument> collection =
                client.getDatabase(name.database()).getCollection(name.collection(), RawBsonDocument.class);
        MessageDigest md5 = md5();
        int sampled = 0;
        for (RawBsonDocument document :
                collection.find().sort(Sorts.ascending("_id")).limit(SAMPLE).batchSize(BATCH)) {
            ByteBuffer bytes = document.getByteBuffer().asNIO();
            md5.update(bytes);
            sampled++;
        }
        return new Collection(
                collection.countDocuments(), sampled, HexFormat.of().formatHex(md5.digest()));
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("expected every Java to have MD5", e);
        }
    }
}
