package io.upstep.executor.action.pachyderm;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.route.Address;
import io.upstep.executor.action.route.Route;
import io.upstep.executor.action.route.Routes;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A connection to a pachd, for as long as an attempt needs it. */
final class Pachd implements AutoCloseable {
    /** pachd's own limit is 20 MiB for what it gets. */
    private static final int LARGEST = 64 * 1024 * 1024;

    private static final int SECONDS_TO_ANSWER = 60;
    private static final byte[] EMPTY = new byte[0];

    private final Route route;
    private final ManagedChannel channel;
    private final Watched watched;
    private final StepContext context;

    private Pachd(Route route, StepContext context) {
        this.route = route;
        this.context = context;
        Address address = route.address();
        this.channel = NettyChannelBuilder.forAddress(address.host(), address.port())
                .usePlaintext()
                .maxInboundMessageSize(LARGEST)
                .disableRetry()
                .build();
        this.watched = new Watched(context, channel::shutdownNow);
    }

    static Pachd open(Connection connection, Routes routes, StepContext context) {
        return new Pachd(routes.to(connection.place(), context), context);
    }

    /** For example {@code 1.7.11}. */
    String version() {
        var version = Messages.read(unary("versionpb.API/GetVersion", EMPTY));
        return Messages.number(version, 1) + "." + Messages.number(version, 2) + "." + Messages.number(version, 3)
                + Messages.text(version, 4);
    }

    List<String> repos() {
        return Messages.all(Messages.read(unary("pfs.API/ListRepo", EMPTY)), 1).stream()
                .map(info -> Messages.text(Messages.child(info, 1), 1))
                .sorted()
                .toList();
    }

    List<Pipeline> pipelines() {
        return Messages.all(Messages.read(unary("pps.API/ListPipeline", EMPTY)), 1).stream()
                .map(Pipeline::read)
                .sorted(java.util.Comparator.comparing(Pipeline::name))
                .toList();
    }

    void stop(String pipeline) {
        context.checkpoint();
        unary("pps.API/StopPipeline", Messages.around(1, Messages.around(1, pipeline)));
    }

    void start(String pipeline) {
        context.checkpoint();
        unary("pps.API/StartPipeline", Messages.around(1, Messages.around(1, pipeline)));
    }

    /**
     * Returns when pachd has said that this was all: a stream that is cut off ends with an exception.
     *
     * @param objects whether the data themselves are wanted, and not only what is known of them
     */
    void extract(boolean objects, Consumer<byte[]> op, Runnable tick) {
        byte[] request = objects ? EMPTY : Messages.flag(2);
        watched.call(
                () -> {
                    Iterator<byte[]> ops = ClientCalls.blockingServerStreamingCall(
                            channel,
                            method("admin.API/Extract", MethodDescriptor.MethodType.SERVER_STREAMING),
                            CallOptions.DEFAULT,
                            request);
                    ops.forEachRemaining(op);
                    return null;
                },
                tick);
    }

    /** Where operations go that are to be done; the last word is pachd's. */
    interface Restoring {
        void send(byte[] op);
    }

    /** What sends them. */
    interface Source {
        void to(Restoring restoring) throws java.io.IOException;
    }

    void restore(Source source, Runnable tick) {
        watched.call(
                () -> {
                    Upload upload = new Upload(channel.newCall(
                            method("admin.API/Restore", MethodDescriptor.MethodType.CLIENT_STREAMING),
                            CallOptions.DEFAULT));
                    source.to(op -> upload.send(Messages.around(1, op)));
                    upload.finish();
                    return null;
                },
                tick);
    }

    private byte[] unary(String name, byte[] request) {
        return watched.call(
                () -> ClientCalls.blockingUnaryCall(
                        channel,
                        method(name, MethodDescriptor.MethodType.UNARY),
                        CallOptions.DEFAULT.withDeadlineAfter(SECONDS_TO_ANSWER, TimeUnit.SECONDS),
                        request),
                () -> {});
    }

    private static MethodDescriptor<byte[], byte[]> method(String name, MethodDescriptor.MethodType type) {
        return MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(type)
                .setFullMethodName(name)
                .setRequestMarshaller(Bytes.AS_THEY_ARE)
                .setResponseMarshaller(Bytes.AS_THEY_ARE)
                .build();
    }

    @Override
    public void close() {
        channel.shutdownNow();
        watched.close();
        route.close();
    }

    /** A stream to pachd that takes no more than the connection does, and ends where pachd ends it. */
    private static final class Upload extends ClientCall.Listener<byte[]> {
        private final ClientCall<byte[], byte[]> call;
        private final Semaphore room = new Semaphore(0);
        private final BlockingQueue<Status> end = new LinkedBlockingQueue<>();

        private Upload(ClientCall<byte[], byte[]> call) {
            this.call = call;
            call.start(this, new Metadata());
            call.request(2);
        }

        @Override
        public void onReady() {
            room.release();
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            end.add(status);
            room.release();
        }

        private void send(byte[] message) {
            while (!call.isReady()) {
                refuseIfOver();
                room.acquireUninterruptibly();
            }
            refuseIfOver();
            call.sendMessage(message);
        }

        private void refuseIfOver() {
            Status over = end.peek();
            if (over != null) {
                throw over.isOk()
                        ? Status.ABORTED
                                .withDescription("pachd ended the restore before it had all")
                                .asRuntimeException()
                        : over.asRuntimeException();
            }
        }

        private void finish() throws InterruptedException {
            call.halfClose();
            Status status = end.take();
            if (!status.isOk()) {
                throw new StatusRuntimeException(status);
            }
        }
    }
}
