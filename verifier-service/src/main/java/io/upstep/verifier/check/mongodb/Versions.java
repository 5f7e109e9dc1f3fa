package io.upstep.verifier.check.mongodb;

import com.mongodb.client.MongoClient;
import io.upstep.verifier.cluster.NoAnswerException;
import org.bson.Document;

/**
 * What a server says of itself.
 *
 * @param server its version, for example 4.0.27
 * @param compatibility its feature compatibility version, for example 3.6
 * @param target where a change of that leads to which was begun and not ended; null if there is none
 */
record Versions(String server, String compatibility, String target) {
    private static final String NAME = "featureCompatibilityVersion";

    static String server(MongoClient client) {
        return admin(client, new Document("buildInfo", 1)).getString("version");
    }

    static Versions read(MongoClient client) {
        Object value =
                admin(client, new Document("getParameter", 1).append(NAME, 1)).get(NAME);
        if (value instanceof Document document) {
            return new Versions(server(client), document.getString("version"), document.getString("targetVersion"));
        }
        if (value instanceof String text) {
            // As 3.4 has it.
            return new Versions(server(client), text, null);
        }
        throw new NoAnswerException("the server does not say its feature compatibility version");
    }

    private static Document admin(MongoClient client, Document command) {
        return client.getDatabase("admin").runCommand(command);
    }

    /** @param expected by its first numbers: 4.0 is any 4.0.x */
    boolean isServer(String expected) {
        return (server + ".").startsWith(expected + ".");
    }

    boolean isCompatibility(String expected) {
        return compatibility.equals(expected) && target == null;
    }

    @Override
    public String toString() {
        return "server " + server + ", compatibility version " + compatibility
                + (target == null ? "" : " on its way to " + target);
    }
}
