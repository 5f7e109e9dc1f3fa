package io.upstep.standalone.fault;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Delivery;
import com.rabbitmq.client.GetResponse;
import io.upstep.broker.contract.server.RealRabbit;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Gets at messages with RabbitMQ's own client: a consumer of the highest priority, and queues of its own. */
final class RabbitWire implements Wire {
    private static final String EXCHANGE = "upstep.v1";
    private static final String WATCHER = "ci-watcher";
    private static final String TAP = "ci-tap";
    private static final Map<String, Object> FIRST = Map.of("x-priority", 10);
    private static final long PATIENCE_MILLIS = 2_000;
    private static final int REMEMBERED = 50;

    private final Map<String, Deque<Letter>> seen = new HashMap<>();
    private final List<String> completions = new ArrayList<>();
    private final RealRabbit broker;

    RabbitWire(RealRabbit broker) throws Exception {
        this.broker = broker;
        try (Connection connection = broker.connect()) {
            com.rabbitmq.client.Channel channel = connection.createChannel();
            channel.queueDeclare(WATCHER, true, false, false, Map.of("x-queue-type", "quorum"));
            channel.queueBind(WATCHER, EXCHANGE, Channel.COMPLETIONS.address());
            channel.queueDeclare(TAP, true, false, false, Map.of("x-max-length", 1_000));
            channel.queueBind(TAP, EXCHANGE, "#");
        }
    }

    @Override
    public Optional<Letter> steal(Channel channel) throws Exception {
        try (Connection connection = broker.connect()) {
            com.rabbitmq.client.Channel thief = connection.createChannel();
            LinkedBlockingQueue<Delivery> taken = new LinkedBlockingQueue<>();
            thief.basicQos(1);
            thief.basicConsume(queue(channel), false, FIRST, (tag, message) -> taken.add(message), tag -> {});
            Delivery message = taken.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            if (message == null) {
                return Optional.empty();
            }
            thief.basicAck(message.getEnvelope().getDeliveryTag(), false);
            // Closing in good order makes sure that the acknowledgement has arrived.
            thief.close();
            return Optional.of(letter(message.getProperties(), message.getBody()));
        }
    }

    @Override
    public synchronized List<Letter> recent(Channel channel) throws Exception {
        try (Connection connection = broker.connect()) {
            com.rabbitmq.client.Channel tap = connection.createChannel();
            for (GetResponse got = tap.basicGet(TAP, true); got != null; got = tap.basicGet(TAP, true)) {
                remember(got.getEnvelope().getRoutingKey(), letter(got.getProps(), got.getBody()));
            }
        }
        return List.copyOf(seen.getOrDefault(channel.address(), new ArrayDeque<>()));
    }

    @Override
    public void send(Channel channel, Letter letter) throws Exception {
        Map<String, Object> headers = new HashMap<>(letter.headers());
        headers.put("upstep-key", letter.key());
        AMQP.BasicProperties properties = new AMQP.BasicProperties.Builder()
                .messageId(letter.id())
                .contentType("application/cloudevents+json")
                .deliveryMode(2)
                .headers(headers)
                .build();
        try (Connection connection = broker.connect()) {
            com.rabbitmq.client.Channel sender = connection.createChannel();
            sender.confirmSelect();
            sender.basicPublish("", queue(channel), properties, letter.payload().getBytes(StandardCharsets.UTF_8));
            sender.waitForConfirmsOrDie(PATIENCE_MILLIS);
        }
    }

    @Override
    public synchronized List<String> completions() throws Exception {
        try (Connection connection = broker.connect()) {
            com.rabbitmq.client.Channel watcher = connection.createChannel();
            for (GetResponse got = watcher.basicGet(WATCHER, false);
                    got != null;
                    got = watcher.basicGet(WATCHER, false)) {
                completions.add(new String(got.getBody(), StandardCharsets.UTF_8));
                watcher.basicAck(got.getEnvelope().getDeliveryTag(), false);
            }
            watcher.close();
        }
        return List.copyOf(completions);
    }

    @Override
    public void close() {}

    private void remember(String address, Letter letter) {
        Deque<Letter> letters = seen.computeIfAbsent(address, a -> new ArrayDeque<>());
        letters.addLast(letter);
        if (letters.size() > REMEMBERED) {
            letters.removeFirst();
        }
    }

    private static String queue(Channel channel) {
        return EXCHANGE + "." + channel.address() + "." + channel.group();
    }

    private static Letter letter(AMQP.BasicProperties properties, byte[] body) {
        Map<String, String> headers = new HashMap<>();
        if (properties.getHeaders() != null) {
            properties.getHeaders().forEach((name, value) -> headers.put(name, String.valueOf(value)));
        }
        String key = headers.remove("upstep-key");
        return new Letter(properties.getMessageId(), key, new String(body, StandardCharsets.UTF_8), headers);
    }
}
