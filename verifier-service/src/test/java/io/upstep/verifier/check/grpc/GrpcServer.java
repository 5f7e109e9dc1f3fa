package io.upstep.verifier.check.grpc;

import com.google.protobuf.CodedOutputStream;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLException;

/** A real gRPC server on this machine whose methods are made by hand; what no method was made for is UNIMPLEMENTED. */
public final class GrpcServer implements AutoCloseable {
    private final NettyServerBuilder builder =
            NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    private Server server;

    /** What is written into a message. */
    @FunctionalInterface
    public interface Writing {
        void to(CodedOutputStream message) throws IOException;
    }

    public static byte[] message(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream message = CodedOutputStream.newInstance(bytes);
        try {
            writing.to(message);
            message.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    public GrpcServer answering(String method, Writing answer) {
        return handling(method, request -> Optional.of(message(answer)));
    }

    public GrpcServer failing(String method, Status status) {
        return handling(method, request -> {
            throw status.asRuntimeException();
        });
    }

    /** @param handler brings the answer, or nothing, and then none is ever given */
    public GrpcServer handling(String method, Function<byte[], Optional<byte[]>> handler) {
        builder.addService(ServerServiceDefinition.builder(MethodDescriptor.extractFullServiceName(method))
                .addMethod(Calls.descriptor(method), ServerCalls.<byte[], byte[]>asyncUnaryCall((request, reply) -> {
                    try {
                        handler.apply(request).ifPresent(answer -> {
                            reply.onNext(answer);
                            reply.onCompleted();
                        });
                    } catch (io.grpc.StatusRuntimeException e) {
                        reply.onError(e);
                    }
                }))
                .build());
        return this;
    }

    GrpcServer secured(KeyManagerFactory keys) {
        try {
            builder.sslContext(
                    GrpcSslContexts.configure(SslContextBuilder.forServer(keys)).build());
        } catch (SSLException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    public GrpcServer start() {
        try {
            server = builder.build().start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    public int port() {
        return server.getPort();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
