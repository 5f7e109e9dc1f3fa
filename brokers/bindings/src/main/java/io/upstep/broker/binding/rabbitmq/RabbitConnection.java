package io.upstep.broker.binding.rabbitmq;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The one plain connection used for topology and checks; opened when needed, opened again when lost. */
final class RabbitConnection {
    private static final int TIMEOUT_MILLIS = 3000;

    private final RabbitConfig config;
    private Connection connection;

    RabbitConnection(RabbitConfig config) {
        this.config = config;
    }

    /** A channel for one piece of work: an error closes a channel, and must not disturb the next piece. */
    Channel channel() throws IOException {
        try {
            return open().createChannel();
        } catch (TimeoutException | GeneralSecurityException e) {
            throw new IOException(e.toString(), e);
        }
    }

    synchronized void close() {
        if (connection != null) {
            connection.abort(TIMEOUT_MILLIS);
        }
    }

    private synchronized Connection open() throws IOException, TimeoutException, GeneralSecurityException {
        if (connection == null || !connection.isOpen()) {
            connection = factory().newConnection("upstep topology");
        }
        return connection;
    }

    private ConnectionFactory factory() throws GeneralSecurityException, IOException {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost(config.host());
        factory.setPort(config.port());
        factory.setUsername(config.username());
        factory.setPassword(config.password());
        factory.setVirtualHost(config.virtualHost());
        factory.setConnectionTimeout(TIMEOUT_MILLIS);
        factory.setHandshakeTimeout(TIMEOUT_MILLIS);
        factory.setChannelRpcTimeout(TIMEOUT_MILLIS);
        factory.setAutomaticRecoveryEnabled(false);
        if (config.ssl()) {
            factory.useSslProtocol(sslContext());
            factory.enableHostnameVerification();
        }
        return factory;
    }

    private SSLContext sslContext() throws GeneralSecurityException, IOException {
        if (config.trustStore().isEmpty()) {
            return SSLContext.getDefault();
        }
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        try (InputStream file = new FileInputStream(config.trustStore().get())) {
            trusted.load(
                    file, config.trustStorePassword().map(String::toCharArray).orElse(null));
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }
}
