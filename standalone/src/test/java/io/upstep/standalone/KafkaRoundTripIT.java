package io.upstep.standalone;

import io.upstep.broker.contract.server.RealKafka;
import io.upstep.broker.contract.server.RealServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;

class KafkaRoundTripIT extends RoundTripIT {

    @Override
    RealServer newBroker() {
        return RealKafka.create();
    }

    @Override
    CompletionSubscriber subscribe(RealServer broker) {
        KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", ((RealKafka) broker).bootstrapServers(),
                        "group.id", "ci-watcher",
                        "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new StringDeserializer());
        consumer.subscribe(List.of("upstep.upgrade.completed"));
        List<String> received = new ArrayList<>();
        return new CompletionSubscriber() {
            @Override
            public List<String> received() {
                consumer.poll(Duration.ofMillis(200)).forEach(message -> received.add(message.value()));
                return received;
            }

            @Override
            public void close() {
                consumer.close();
            }
        };
    }
}
