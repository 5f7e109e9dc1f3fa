package io.upstep.verifier.check.mongodb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.CountOptions;
import io.upstep.verifier.check.SecretLooking;
import io.upstep.verifier.cluster.NoAnswerException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.BsonInvalidOperationException;
import org.bson.Document;
import org.bson.json.JsonParseException;

/**
 * A question to one collection.
 *
 * @param filter and
 * @param sort as MongoDB's extended JSON
 * @param limit how many documents at most; null for all that there may be
 * @param field its values alone, by a path with dots; null for whole documents
 */
record Query(
        String database, String collection, ObjectNode filter, ObjectNode sort, Integer limit, As as, String field) {
    /** These run programs on the server. */
    private static final Set<String> PROGRAMS = Set.of("$where", "$function", "$accumulator");

    /** What the answer is: the documents, how many there are, or the one field of the one document. */
    public enum As {
        ROWS,
        COUNT,
        VALUE
    }

    Query {
        if (database == null || !database.matches("[^/\\\\. \"$*<>:|?\\x00]{1,63}")) {
            throw new IllegalArgumentException("expected 'database' to be a database's name, came '" + database + "'");
        }
        if (collection == null || collection.isBlank() || collection.contains("$")) {
            throw new IllegalArgumentException(
                    "expected 'collection' to be a collection's name, came '" + collection + "'");
        }
        as = as == null ? As.ROWS : as;
        if ((as == As.VALUE && field == null) || (as == As.COUNT && (field != null || limit != null || sort != null))) {
            throw new IllegalArgumentException(
                    "expected a 'field' with 'as: value', and neither 'field' nor 'sort' nor 'limit' with 'as: count'");
        }
        if (limit != null && limit < 1) {
            throw new IllegalArgumentException("expected 'limit' to be 1 or more, came " + limit);
        }
        requireNoProgram(filter);
        bson(filter);
        bson(sort);
    }

    private static void requireNoProgram(JsonNode node) {
        if (node == null) {
            return;
        }
        node.fieldNames().forEachRemaining(name -> {
            if (PROGRAMS.contains(name)) {
                throw new IllegalArgumentException("expected a 'filter' that only compares, came " + name
                        + ", which runs a program on the server");
            }
        });
        node.forEach(Query::requireNoProgram);
    }

    private static BsonDocument bson(ObjectNode node) {
        try {
            return node == null ? new BsonDocument() : BsonDocument.parse(node.toString());
        } catch (JsonParseException | BsonInvalidOperationException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "expected 'filter' and 'sort' to be extended JSON: " + e.getMessage(), e);
        }
    }

    /** @param most how many documents there may be; if there are more, nobody is told a part */
    JsonNode ask(MongoClient client, Duration patience, int most) {
        MongoCollection<Document> asked = client.getDatabase(database).getCollection(collection);
        return switch (as) {
            case COUNT ->
                LongNode.valueOf(asked.countDocuments(
                        bson(filter), new CountOptions().maxTime(patience.toMillis(), TimeUnit.MILLISECONDS)));
            case ROWS -> rows(asked, patience, most);
            case VALUE -> value(rows(asked, patience, most));
        };
    }

    private ArrayNode rows(MongoCollection<Document> asked, Duration patience, int most) {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        PlainJson json = new PlainJson();
        for (Document document : asked.find(bson(filter))
                .sort(bson(sort))
                .limit(limit == null ? most + 1 : Math.min(limit, most + 1))
                .maxTime(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            JsonNode row = json.of(document);
            rows.add(field == null ? row : at(row));
        }
        if (rows.size() > most) {
            throw new NoAnswerException("the query brings more than " + most
                    + " documents; ask for less, or raise upstep.verifier.query-rows");
        }
        return rows;
    }

    private JsonNode at(JsonNode row) {
        JsonNode value = row.at("/" + field.replace('.', '/'));
        return value.isMissingNode() ? NullNode.instance : value;
    }

    private JsonNode value(ArrayNode rows) {
        if (rows.size() != 1) {
            throw new NoAnswerException(this + " brings " + rows.size()
                    + " documents, expected one; 'sort' with 'limit: 1' brings the first");
        }
        if (rows.get(0).isNull()) {
            throw new NoAnswerException(this + " brings a document without " + field);
        }
        return rows.get(0);
    }

    /** The answer without texts that look secret. */
    JsonNode told(JsonNode found) {
        return as == As.COUNT
                ? found
                : SecretLooking.hidden(field == null ? "" : field.substring(field.lastIndexOf('.') + 1), found);
    }

    @Override
    public String toString() {
        return database + "." + collection + (filter == null ? "" : " " + filter) + (sort == null ? "" : " by " + sort);
    }
}
