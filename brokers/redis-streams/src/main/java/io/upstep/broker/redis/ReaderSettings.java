package io.upstep.broker.redis;

import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.UUID;

/** What an incoming channel was configured to do, checked. */
record ReaderSettings(
        String channel,
        String stream,
        String group,
        String consumer,
        String startId,
        int prefetch,
        Duration block,
        Duration claimIdle,
        Duration claimInterval,
        int maxDeliveries,
        int retries,
        Duration retryDelay,
        Duration retryMaxDelay,
        String deadStream,
        long deadKeep) {

    ReaderSettings {
        if (prefetch < 1) {
            throw new IllegalArgumentException("prefetch of channel '" + channel + "' is at least 1; came " + prefetch);
        }
        if (block.isZero() || block.isNegative()) {
            throw new IllegalArgumentException(
                    "block-ms of channel '" + channel + "' is at least 1; came " + block.toMillis());
        }
        if (!startId.equals("0") && !startId.equals("$")) {
            throw new IllegalArgumentException("start-id of channel '" + channel
                    + "' is 0 (all there is) or $ (what comes); came '" + startId + "'");
        }
    }

    static ReaderSettings of(RedisStreamsConnectorIncomingConfiguration config) {
        String stream = config.getStream().orElse(config.getChannel());
        return new ReaderSettings(
                config.getChannel(),
                stream,
                config.getGroup(),
                config.getConsumer().orElseGet(ReaderSettings::uniqueConsumer),
                config.getStartId(),
                config.getPrefetch(),
                Duration.ofMillis(config.getBlockMs()),
                Duration.ofMillis(config.getClaimIdleMs()),
                Duration.ofMillis(config.getClaimIntervalMs()),
                config.getMaxDeliveries(),
                config.getRetries(),
                Duration.ofMillis(config.getRetryDelayMs()),
                Duration.ofMillis(config.getRetryMaxDelayMs()),
                config.getDeadStream().orElse(stream + ".dead"),
                config.getDeadKeep());
    }

    Duration delayAfter(int failures) {
        Duration wanted = retryDelay.multipliedBy(1L << Math.min(failures - 1, 20));
        return wanted.compareTo(retryMaxDelay) > 0 ? retryMaxDelay : wanted;
    }

    boolean startsWithNew() {
        return startId.equals("$");
    }

    private static String uniqueConsumer() {
        String random = UUID.randomUUID().toString().substring(0, 8);
        return host() + "-" + ManagementFactory.getRuntimeMXBean().getPid() + "-" + random;
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unnamed) {
            return "host"; // the random part keeps the name unique
        }
    }
}
