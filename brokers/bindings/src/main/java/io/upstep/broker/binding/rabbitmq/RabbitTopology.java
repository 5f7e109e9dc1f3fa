package io.upstep.broker.binding.rabbitmq;

import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import io.upstep.broker.binding.Inspection;
import io.upstep.broker.binding.Place;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/** Declares exchanges and queues, and looks whether they are still there. */
final class RabbitTopology {
    private static final Map<String, Object> QUORUM = Map.of("x-queue-type", "quorum");

    private final RabbitConfig config;
    private final RabbitConnection connection;
    private final UnroutedMessages unrouted;

    RabbitTopology(RabbitConfig config) {
        this.config = config;
        this.connection = new RabbitConnection(config);
        this.unrouted = new UnroutedMessages(connection);
    }

    void declare(Place place) {
        try (Channel channel = connection.channel()) {
            declareExchanges(channel);
            declareQueue(RabbitNames.queue(place), place.isDead() ? deadLetterArguments() : withDeadLetters(place));
            bind(channel, place);
            unrouted.sendAgain(place.address());
        } catch (IOException | TimeoutException | ShutdownSignalException e) {
            throw new IllegalStateException(
                    "queue " + RabbitNames.queue(place) + " could not be declared at " + server() + ": " + why(e), e);
        }
    }

    Inspection inspect(Collection<Place> places) {
        try {
            Map<Place, String> missing = new HashMap<>();
            boolean bound = hasExchange(); // Also the round trip when no queue is in use yet.
            Channel channel = connection.channel();
            for (Place place : places) {
                if (!bound) {
                    missing.put(
                            place, "exchange " + RabbitNames.EXCHANGE + " is gone, with all that bound queues to it");
                    continue;
                }
                if (!exists(channel, RabbitNames.queue(place))) {
                    missing.put(place, "queue " + RabbitNames.queue(place) + " is gone");
                    channel = connection.channel();
                }
            }
            channel.close();
            return Inspection.found(missing);
        } catch (IOException | TimeoutException | ShutdownSignalException e) {
            return Inspection.unreachable("RabbitMQ at " + server() + " does not answer: " + why(e));
        }
    }

    void close() {
        connection.close();
    }

    private boolean hasExchange() throws IOException, TimeoutException {
        Channel channel = connection.channel();
        try {
            channel.exchangeDeclarePassive(RabbitNames.EXCHANGE);
            channel.close();
            return true;
        } catch (IOException e) {
            if (channel.getConnection().isOpen()) {
                return false; // The server answered, with 404, and closed the channel.
            }
            throw e;
        }
    }

    private static boolean exists(Channel channel, String queue) throws IOException {
        try {
            channel.queueDeclarePassive(queue);
            return true;
        } catch (IOException e) {
            if (channel.getConnection().isOpen()) {
                return false; // The server answered, with 404, and closed the channel.
            }
            throw e;
        }
    }

    private void declareExchanges(Channel channel) throws IOException, TimeoutException {
        channel.exchangeDeclare(RabbitNames.UNROUTED, BuiltinExchangeType.FANOUT, true);
        declareQueue(RabbitNames.UNROUTED, unroutedArguments());
        channel.queueBind(RabbitNames.UNROUTED, RabbitNames.UNROUTED, "");
        channel.exchangeDeclare(RabbitNames.DEAD_EXCHANGE, BuiltinExchangeType.DIRECT, true);
        channel.exchangeDeclare(
                RabbitNames.EXCHANGE,
                BuiltinExchangeType.TOPIC,
                true,
                false,
                Map.of("alternate-exchange", RabbitNames.UNROUTED));
    }

    /** A queue that is there stays as it is: its arguments cannot be changed, and an administrator may have wanted others. */
    private void declareQueue(String queue, Map<String, Object> arguments) throws IOException, TimeoutException {
        Channel channel = connection.channel();
        if (!exists(channel, queue)) {
            channel = connection.channel();
            channel.queueDeclare(queue, true, false, false, arguments);
        }
        channel.close();
    }

    private static void bind(Channel channel, Place place) throws IOException {
        channel.queueBind(RabbitNames.queue(place), RabbitNames.EXCHANGE, place.address());
        if (place.isDead()) {
            channel.queueBind(RabbitNames.queue(place), RabbitNames.DEAD_EXCHANGE, place.address());
        }
    }

    private Map<String, Object> withDeadLetters(Place place) {
        Map<String, Object> arguments = new HashMap<>(QUORUM);
        arguments.put("x-delivery-limit", config.deliveryLimit());
        arguments.put("x-dead-letter-exchange", RabbitNames.DEAD_EXCHANGE);
        arguments.put("x-dead-letter-routing-key", RabbitNames.deadKey(place));
        return arguments;
    }

    /** The newest say best what is wrong now; refusing them would hold up the consumer that gives them up. */
    private Map<String, Object> deadLetterArguments() {
        return bounded(config.deadLetterLimit(), "drop-head");
    }

    /** These were promised to their publishers: none may be dropped, so that further ones are not confirmed. */
    private Map<String, Object> unroutedArguments() {
        return bounded(config.unroutedLimit(), "reject-publish");
    }

    private static Map<String, Object> bounded(int length, String overflow) {
        Map<String, Object> arguments = new HashMap<>(QUORUM);
        arguments.put("x-max-length", length);
        arguments.put("x-overflow", overflow);
        return arguments;
    }

    private String server() {
        return config.host() + ":" + config.port();
    }

    private static String why(Exception e) {
        return e.getMessage() == null && e.getCause() != null
                ? String.valueOf(e.getCause().getMessage())
                : String.valueOf(e.getMessage());
    }
}
