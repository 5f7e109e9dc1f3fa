package io.upstep.broker.contract;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.HashMap;
import java.util.Map;

/** Short delays, so that the whole law is held in a few minutes. */
abstract class ContractProfile implements QuarkusTestProfile {
    private final String broker;

    ContractProfile(String broker) {
        this.broker = broker;
    }

    @Override
    public Map<String, String> getConfigOverrides() {
        Map<String, String> config = new HashMap<>();
        config.put("upstep.broker", broker);
        config.put("upstep.publish-timeout", "4s");
        config.put("upstep.broker-check-interval", "500ms");
        config.put("upstep.delivery.retries", "2");
        config.put("upstep.delivery.delays", "100ms,300ms");
        config.put("upstep.delivery.close-timeout", "500ms");
        config.put("quarkus.http.test-port", "0");
        return config;
    }
}
