package io.upstep.broker.binding.kafka;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.UnknownMemberIdException;

/**
 * Pins where a new group begins. A consumer that starts at "latest" would miss what is published between its subscription
 * and the moment, seconds later, when it is given its partitions.
 */
final class GroupStart {
    private final Admin admin;

    GroupStart(Admin admin) {
        this.admin = admin;
    }

    /** Does nothing for a group that has begun already. */
    void atEnd(String group, String topic) throws ExecutionException, InterruptedException {
        boolean hasBegun =
                admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().entrySet().stream()
                        .anyMatch(offset -> offset.getKey().topic().equals(topic) && offset.getValue() != null);
        if (!hasBegun) {
            pin(group, ends(topic));
        }
    }

    private Map<TopicPartition, OffsetAndMetadata> ends(String topic) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        admin.describeTopics(List.of(topic))
                .allTopicNames()
                .get()
                .get(topic)
                .partitions()
                .forEach(
                        partition -> latest.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest()));
        Map<TopicPartition, ListOffsetsResultInfo> ends =
                admin.listOffsets(latest).all().get();
        return ends.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        end -> new OffsetAndMetadata(end.getValue().offset())));
    }

    private void pin(String group, Map<TopicPartition, OffsetAndMetadata> offsets)
            throws ExecutionException, InterruptedException {
        try {
            admin.alterConsumerGroupOffsets(group, offsets).all().get();
        } catch (ExecutionException e) {
            boolean hasMembers =
                    e.getCause() instanceof UnknownMemberIdException || e.getCause() instanceof GroupNotEmptyException;
            if (!hasMembers) {
                throw e;
            }
        }
    }
}
