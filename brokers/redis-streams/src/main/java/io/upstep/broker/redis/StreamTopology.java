package io.upstep.broker.redis;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** Declares streams and consumer groups, and says whether they are there; connects when first asked, again when needed. */
public final class StreamTopology implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(StreamTopology.class);

    private final RedisLink link;
    private Jedis connection;

    StreamTopology(RedisLink link) {
        this.link = link;
    }

    /** @param timeout for connecting and for each answer */
    public static StreamTopology connect(RedisAddress address, Duration timeout) {
        return new StreamTopology(new RedisLink(address, timeout));
    }

    /** A round trip; throws {@link JedisException} when Redis does not answer. */
    public void ping() {
        ask(Jedis::ping);
    }

    /** Creates the stream and the group where missing. @param startId {@code 0} for all it holds, {@code $} for what comes */
    public void ensure(String stream, String group, String startId) {
        ask(redis -> create(redis, stream, group, startId));
    }

    /** Empty when Redis answers and has the stream and the group; otherwise what is wrong. */
    public Optional<String> check(String stream, String group) {
        return checkStream(stream)
                .or(() -> problem(() -> hasGroup(stream, group)
                        ? Optional.empty()
                        : Optional.of("stream '" + stream + "' has no group '" + group + "'")));
    }

    /** Empty when Redis answers; otherwise what is wrong. */
    public Optional<String> checkAnswers() {
        return problem(() -> {
            ping();
            return Optional.empty();
        });
    }

    /** Empty when Redis answers and has the stream; otherwise what is wrong. */
    public Optional<String> checkStream(String stream) {
        return problem(() -> ask(redis -> redis.exists(stream))
                ? Optional.empty()
                : Optional.of("stream '" + stream + "' does not exist"));
    }

    /** Settings of this server under which entries can vanish though it has answered for them; empty when it does not tell. */
    public List<String> risks() {
        try {
            return ServerRisks.in(ask(redis -> redis.info("persistence")), ask(redis -> redis.info("memory")));
        } catch (JedisException untold) {
            LOG.debugf("%s does not tell how safe it is: %s", link, untold.getMessage());
            return List.of();
        }
    }

    @Override
    public synchronized void close() {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }

    /** @return whether it was this call that created the group */
    static boolean create(Jedis redis, String stream, String group, String startId) {
        try {
            redis.xgroupCreate(stream, group, start(startId), true);
            return true;
        } catch (JedisDataException refused) {
            if (refused.getMessage() != null && refused.getMessage().startsWith("BUSYGROUP")) {
                return false;
            }
            throw refused;
        }
    }

    private static StreamEntryID start(String id) {
        if (id.equals("$")) {
            return StreamEntryID.XGROUP_LAST_ENTRY;
        }
        return id.equals("0") ? new StreamEntryID() : new StreamEntryID(id);
    }

    private boolean hasGroup(String stream, String group) {
        return ask(redis -> redis.xinfoGroups(stream)).stream()
                .anyMatch(known -> known.getName().equals(group));
    }

    private Optional<String> problem(Supplier<Optional<String>> question) {
        try {
            return question.get();
        } catch (JedisConnectionException unreachable) {
            return Optional.of(link + " does not answer: " + unreachable.getMessage());
        } catch (JedisDataException refused) {
            return Optional.of(link + " refused: " + refused.getMessage());
        }
    }

    private synchronized <T> T ask(Function<Jedis, T> question) {
        boolean fresh = connection == null;
        try {
            return question.apply(connection());
        } catch (JedisConnectionException lost) {
            close();
            if (fresh) {
                throw lost;
            }
            // The connection may have died long ago, unnoticed; whether Redis answers is asked with a new one.
            return ask(question);
        }
    }

    private Jedis connection() {
        if (connection == null) {
            connection = link.open();
        }
        return connection;
    }
}
