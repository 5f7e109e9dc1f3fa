package io.upstep.broker.binding.rabbitmq;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.GetResponse;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/** Messages published while their queue was gone: the alternate exchange kept them, and here they are sent again. */
final class UnroutedMessages {
    private static final Logger LOG = Logger.getLogger(UnroutedMessages.class);
    private static final int CONFIRM_MILLIS = 3000;

    private final RabbitConnection connection;

    UnroutedMessages(RabbitConnection connection) {
        this.connection = connection;
    }

    /** Those of the address; the others go back to where they were when the channel closes. */
    void sendAgain(String address) throws IOException, TimeoutException {
        try (Channel channel = connection.channel()) {
            long count = channel.messageCount(RabbitNames.UNROUTED);
            channel.confirmSelect();
            int sent = 0;
            for (long i = 0; i < count; i++) {
                sent += sendNext(channel, address);
            }
            if (sent > 0) {
                LOG.infof("%d messages to %s, published while their queue was gone, were sent again", sent, address);
            }
        }
    }

    private static int sendNext(Channel channel, String address) throws IOException, TimeoutException {
        GetResponse message = channel.basicGet(RabbitNames.UNROUTED, false);
        if (message == null || !message.getEnvelope().getRoutingKey().equals(address)) {
            return 0;
        }
        channel.basicPublish(RabbitNames.EXCHANGE, address, message.getProps(), message.getBody());
        confirmed(channel);
        channel.basicAck(message.getEnvelope().getDeliveryTag(), false);
        return 1;
    }

    private static void confirmed(Channel channel) throws IOException, TimeoutException {
        try {
            channel.waitForConfirmsOrDie(CONFIRM_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for a confirm", e);
        }
    }
}
