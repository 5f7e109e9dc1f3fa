package io.upstep.verifier.check.grpc;

import io.grpc.ManagedChannel;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.upstep.verifier.VerifierConfig;
import io.upstep.verifier.cluster.Tunnel;
import jakarta.enterprise.context.ApplicationScoped;
import javax.net.ssl.SSLException;

/** Opens connections to gRPC servers that take only so much. */
@ApplicationScoped
public class Channels {
    private final VerifierConfig config;

    public Channels(VerifierConfig config) {
        this.config = config;
    }

    ManagedChannel open(Peer peer, Tunnel way, String namespace) {
        NettyChannelBuilder builder = NettyChannelBuilder.forAddress(way.host(), way.port())
                .withOption(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(config.connectTimeout().toMillis()))
                .maxInboundMessageSize(config.bodyLimit())
                // Looking again is the caller's.
                .disableRetry();
        return switch (peer.tls()) {
            case DISABLE -> builder.usePlaintext().build();
            case REQUIRE -> unverified(builder).build();
            case VERIFY_FULL ->
                builder.useTransportSecurity()
                        .overrideAuthority(peer.authority(namespace))
                        .build();
        };
    }

    private static NettyChannelBuilder unverified(NettyChannelBuilder builder) {
        try {
            return builder.sslContext(GrpcSslContexts.forClient()
                    .trustManager(InsecureTrustManagerFactory.INSTANCE)
                    .build());
        } catch (SSLException e) {
            throw new IllegalStateException("this Java has no TLS for HTTP/2: " + e.getMessage(), e);
        }
    }
}
