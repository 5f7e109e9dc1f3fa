/** The port over Kafka: SmallRye's connector for traffic, the admin client for topology and checks. */
package io.upstep.broker.binding.kafka;
