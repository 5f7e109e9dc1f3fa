/** The port over RabbitMQ: SmallRye's connector for traffic, the plain client for topology and checks. */
package io.upstep.broker.binding.rabbitmq;
