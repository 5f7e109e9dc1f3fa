package io.upstep.standalone;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DeliverCallback;
import io.upstep.broker.contract.server.RealRabbit;
import io.upstep.broker.contract.server.RealServer;
import io.upstep.broker.contract.server.RequiresServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

@RequiresServer(RealRabbit.BINARY)
class RabbitMqRoundTripIT extends RoundTripIT {

    @Override
    RealServer newBroker() {
        return RealRabbit.create();
    }

    @Override
    CompletionSubscriber subscribe(RealServer broker) throws Exception {
        Connection connection = ((RealRabbit) broker).connect();
        Channel channel = connection.createChannel();
        String queue =
                channel.queueDeclare("ci-watcher", true, false, false, null).getQueue();
        channel.queueBind(queue, "upstep.v1", "upgrade.completed");
        List<String> received = new CopyOnWriteArrayList<>();
        DeliverCallback keep = (tag, message) -> {
            received.add(new String(message.getBody(), StandardCharsets.UTF_8));
            channel.basicAck(message.getEnvelope().getDeliveryTag(), false);
        };
        channel.basicConsume(queue, false, keep, tag -> {});
        return new CompletionSubscriber() {
            @Override
            public List<String> received() {
                return received;
            }

            @Override
            public void close() throws IOException {
                if (connection.isOpen()) {
                    connection.close();
                }
            }
        };
    }
}
