package io.upstep.standalone.fault;

import io.upstep.broker.contract.server.RealKafka;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Gets at messages with Kafka's own clients: as a further member of a group, and as a group of its own. */
final class KafkaWire implements Wire {
    private static final Duration POLL = Duration.ofMillis(200);
    /** Two rebalances, each noticed with the members' next heartbeat, and then a message. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int REMEMBERED = 10;

    private final Map<String, String> completions = new LinkedHashMap<>();
    private final RealKafka broker;
    private final KafkaConsumer<String, String> watcher;

    KafkaWire(RealKafka broker) {
        this.broker = broker;
        this.watcher = consumer("ci-watcher");
        watcher.subscribe(List.of(topic(Channel.COMPLETIONS)));
    }

    @Override
    public Optional<Letter> steal(Channel channel) {
        try (KafkaConsumer<String, String> thief = consumer("upstep-" + channel.group() + "." + channel.address())) {
            thief.subscribe(List.of(topic(channel)));
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (System.nanoTime() < end) {
                for (ConsumerRecord<String, String> taken : thief.poll(POLL)) {
                    thief.commitSync(Map.of(
                            new TopicPartition(taken.topic(), taken.partition()),
                            new OffsetAndMetadata(taken.offset() + 1)));
                    return Optional.of(letter(taken));
                }
            }
            return Optional.empty();
        }
    }

    @Override
    public List<Letter> recent(Channel channel) {
        try (KafkaConsumer<String, String> reader = consumer("ci-tap")) {
            List<TopicPartition> partitions = reader.partitionsFor(topic(channel)).stream()
                    .map(known -> new TopicPartition(known.topic(), known.partition()))
                    .toList();
            reader.assign(partitions);
            Map<TopicPartition, Long> first = reader.beginningOffsets(partitions);
            reader.endOffsets(partitions)
                    .forEach((partition, last) ->
                            reader.seek(partition, Math.max(first.get(partition), last - REMEMBERED)));
            List<Letter> letters = new ArrayList<>();
            reader.poll(POLL).forEach(seen -> letters.add(letter(seen)));
            return letters;
        }
    }

    @Override
    public void send(Channel channel, Letter letter) throws Exception {
        Map<String, Object> config = Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "max.block.ms",
                3_000,
                "request.timeout.ms",
                2_000,
                "delivery.timeout.ms",
                4_000);
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
            ProducerRecord<String, String> message =
                    new ProducerRecord<>(topic(channel), letter.key(), letter.payload());
            letter.headers()
                    .forEach((name, value) -> message.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
            producer.send(message).get(5, TimeUnit.SECONDS);
        }
    }

    @Override
    public synchronized List<String> completions() {
        // It never commits, so that after a rebalance it begins anew, and misses nothing.
        watcher.poll(POLL)
                .forEach(message -> completions.put(message.partition() + "-" + message.offset(), message.value()));
        return List.copyOf(completions.values());
    }

    @Override
    public synchronized void close() {
        watcher.close();
    }

    private KafkaConsumer<String, String> consumer(String group) {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrapServers(),
                        "group.id",
                        group,
                        "auto.offset.reset",
                        "earliest",
                        "enable.auto.commit",
                        false,
                        "partition.assignment.strategy",
                        CooperativeStickyAssignor.class.getName(),
                        "session.timeout.ms",
                        10_000,
                        "default.api.timeout.ms",
                        5_000,
                        "allow.auto.create.topics",
                        false),
                new StringDeserializer(),
                new StringDeserializer());
    }

    private static String topic(Channel channel) {
        return "upstep." + channel.address();
    }

    private static Letter letter(ConsumerRecord<String, String> message) {
        Map<String, String> headers = new HashMap<>();
        message.headers()
                .forEach(header -> headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
        return new Letter(headers.get("upstep-id"), message.key(), message.value(), headers);
    }
}
