package io.upstep.broker.binding;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.reactive.messaging.spi.ConnectorFactory;

/** The attributes of one channel, written down at run time because clusters, and so queues, are known only then. */
public final class Attributes {
    private final Map<String, String> values = new LinkedHashMap<>();

    private Attributes() {}

    public static Attributes ofChannel(String channel, String connector) {
        return new Attributes()
                .with(ConnectorFactory.CHANNEL_NAME_ATTRIBUTE, channel)
                .with(ConnectorFactory.CONNECTOR_ATTRIBUTE, connector);
    }

    public Attributes with(String name, Object value) {
        values.put(name, value.toString());
        return this;
    }

    public Attributes with(String name, Optional<?> value) {
        value.ifPresent(present -> with(name, present));
        return this;
    }

    public Attributes with(Map<String, String> more) {
        values.putAll(more);
        return this;
    }

    public Config asConfig() {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(values, "upstep-channel", 100))
                .build();
    }
}
