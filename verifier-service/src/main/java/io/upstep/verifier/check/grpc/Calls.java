package io.upstep.verifier.check.grpc;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.upstep.verifier.VerifierConfig;
import io.upstep.verifier.check.CheckContext;
import io.upstep.verifier.cluster.NoAnswerException;
import io.upstep.verifier.cluster.Tunnel;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Makes single calls of gRPC methods, each on a connection of its own and never waited for without limit. */
@ApplicationScoped
public class Calls {
    /** These say nothing about what was asked. */
    private static final Set<Status.Code> AWAY =
            EnumSet.of(Status.Code.UNAVAILABLE, Status.Code.DEADLINE_EXCEEDED, Status.Code.CANCELLED);

    private final Channels channels;
    private final VerifierConfig config;

    public Calls(Channels channels, VerifierConfig config) {
        this.channels = channels;
        this.config = config;
    }

    /**
     * @param method as {@code package.Service/Method}
     * @throws NoAnswerException if there is nothing to connect to, or nobody answers in time
     * @throws CallRefusedException if the server says no
     */
    byte[] call(Peer peer, String method, byte[] request, CheckContext context) {
        try (Tunnel way = peer.place().open(context.cluster(), context.namespace())) {
            ManagedChannel channel = channels.open(peer, way, context.namespace());
            try {
                return ClientCalls.blockingUnaryCall(channel, descriptor(method), options(), request);
            } catch (StatusRuntimeException e) {
                throw failure(peer, method, way, e);
            } finally {
                channel.shutdownNow();
            }
        }
    }

    private CallOptions options() {
        return CallOptions.DEFAULT.withDeadlineAfter(config.requestTimeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    static MethodDescriptor<byte[], byte[]> descriptor(String method) {
        return MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(method)
                .setRequestMarshaller(Bytes.AS_THEY_ARE)
                .setResponseMarshaller(Bytes.AS_THEY_ARE)
                .build();
    }

    private static RuntimeException failure(Peer peer, String method, Tunnel way, StatusRuntimeException e) {
        CallRefusedException refused = new CallRefusedException(method + " on " + peer, e);
        return AWAY.contains(refused.code())
                ? new NoAnswerException(
                        refused.getMessage()
                                + way.problem()
                                        .map(problem -> " (on the way: " + problem + ")")
                                        .orElse(""),
                        e)
                : refused;
    }
}
