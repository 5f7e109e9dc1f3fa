package io.upstep.broker.binding.kafka;

import io.smallrye.mutiny.Uni;
import io.upstep.broker.binding.Inspection;
import io.upstep.broker.binding.Place;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Creates topics, and looks whether they are still there and still the same. */
final class KafkaTopology {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final KafkaConfig config;
    private final Map<String, Uuid> known = new ConcurrentHashMap<>();
    private Admin admin;

    KafkaTopology(KafkaConfig config) {
        this.config = config;
    }

    void declare(Place place) {
        String topic = KafkaNames.topic(place);
        try {
            known.put(topic, create(topic));
            if (place.kind() == Place.Kind.OTHER) {
                new GroupStart(admin()).atEnd(KafkaNames.group(place), topic);
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "topic " + topic + " could not be created at " + config.bootstrapServers() + ": "
                            + e.getCause().getMessage(),
                    e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    Inspection inspect(Collection<Place> places) {
        try {
            admin().describeCluster().nodes().get();
            Map<String, KafkaFuture<TopicDescription>> topics =
                    described(places.stream().map(KafkaNames::topic).distinct().toList());
            Map<Place, String> missing = new HashMap<>();
            for (Place place : places) {
                String problem = problem(KafkaNames.topic(place), topics);
                if (problem != null) {
                    missing.put(place, problem);
                }
            }
            return Inspection.found(missing);
        } catch (ExecutionException e) {
            return Inspection.unreachable("Kafka at " + config.bootstrapServers() + " does not answer: "
                    + e.getCause().getMessage());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    synchronized void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }

    /** A topic that was deleted and created anew has another id, and its consumers would wait at an offset of the old one. */
    private String problem(String topic, Map<String, KafkaFuture<TopicDescription>> topics)
            throws ExecutionException, InterruptedException {
        try {
            Uuid id = topics.get(topic).get().topicId();
            return id.equals(known.getOrDefault(topic, id)) ? null : "topic " + topic + " was deleted and created anew";
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return "topic " + topic + " is gone";
            }
            throw e;
        }
    }

    /** The id of the topic, which is there when this returns. */
    private Uuid create(String topic) throws ExecutionException, InterruptedException {
        try {
            NewTopic wanted = new NewTopic(topic, config.partitions(), config.replicationFactor());
            admin().createTopics(List.of(wanted)).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
        return visible(topic).topicId();
    }

    /** The controller creates a topic; the brokers hear of it a little later. */
    private TopicDescription visible(String topic) {
        return Uni.createFrom()
                .completionStage(() -> described(List.of(topic)).get(topic).toCompletionStage())
                .onFailure(UnknownTopicOrPartitionException.class)
                .retry()
                .withBackOff(Duration.ofMillis(20), Duration.ofMillis(200))
                .expireIn(PATIENCE.toMillis())
                .await()
                .atMost(PATIENCE.multipliedBy(2));
    }

    private Map<String, KafkaFuture<TopicDescription>> described(List<String> topics) {
        return admin().describeTopics(topics).topicNameValues();
    }

    private synchronized Admin admin() {
        if (admin == null) {
            Map<String, Object> properties = new HashMap<>(config.clientProperties());
            properties.put("client.id", "upstep-topology");
            properties.put("default.api.timeout.ms", (int) PATIENCE.toMillis());
            properties.put("request.timeout.ms", (int) PATIENCE.dividedBy(2).toMillis());
            admin = Admin.create(properties);
        }
        return admin;
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted while waiting for Kafka", e);
    }
}
