package io.upstep.simulator.servers;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A pachd of some version that really speaks gRPC: version, repos, pipelines, extract and restore, with the services, methods and
 * field numbers of pachyderm/pachyderm's .proto files. Its memory is a {@link PachydermEtcd}, which outlives it.
 */
public final class FakePachd implements AutoCloseable {
    private static final byte[] EMPTY = new byte[0];

    private final PachydermEtcd etcd;
    private final String version;
    private final Server server;
    private final List<String> restored = new ArrayList<>();
    private volatile int failingAfter = Integer.MAX_VALUE;
    private volatile Runnable betweenOps = () -> {};

    private FakePachd(PachydermEtcd etcd, String version) throws IOException {
        this.etcd = etcd;
        this.version = version;
        etcd.open(version);
        this.server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(service("versionpb.API")
                        .addMethod(unary("versionpb.API/GetVersion"), answering(request -> version()))
                        .build())
                .addService(service("pfs.API")
                        .addMethod(unary("pfs.API/ListRepo"), answering(request -> repos()))
                        .build())
                .addService(service("pps.API")
                        .addMethod(unary("pps.API/ListPipeline"), answering(request -> pipelines()))
                        .addMethod(unary("pps.API/StopPipeline"), answering(request -> stop(request, true)))
                        .addMethod(unary("pps.API/StartPipeline"), answering(request -> stop(request, false)))
                        .build())
                .addService(admin())
                .build()
                .start();
    }

    /** On a free port of this machine's own; fails where etcd holds what this version cannot read. */
    public static FakePachd start(PachydermEtcd etcd, String version) {
        try {
            return new FakePachd(etcd, version);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return server.getPort();
    }

    /** From now on a restore fails when so many operations were done, and what was done stays. */
    public FakePachd failsRestoreAfter(int ops) {
        failingAfter = ops;
        return this;
    }

    /** Is called between two operations of a restore or an extract. */
    public FakePachd between(Runnable what) {
        betweenOps = what;
        return this;
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    private ServerServiceDefinition admin() {
        ServerServiceDefinition.Builder admin = service("admin.API");
        if (minor() > 6 || PachydermEtcd.micro(version) >= 10) {
            admin.addMethod(
                    method("admin.API/Extract", MethodType.SERVER_STREAMING),
                    ServerCalls.asyncServerStreamingCall(this::extract));
            admin.addMethod(
                    method("admin.API/Restore", MethodType.CLIENT_STREAMING),
                    ServerCalls.asyncClientStreamingCall(this::restore));
        }
        return admin.build();
    }

    private int minor() {
        return PachydermEtcd.minor(version);
    }

    private byte[] version() {
        return UnknownFieldSet.newBuilder()
                .addField(1, number(1))
                .addField(2, number(minor()))
                .addField(3, number(PachydermEtcd.micro(version)))
                .build()
                .toByteArray();
    }

    private byte[] repos() {
        UnknownFieldSet.Builder response = UnknownFieldSet.newBuilder();
        etcd.repoNames().forEach(name -> response.mergeField(1, bytes(around(1, named(name)))));
        return response.build().toByteArray();
    }

    private byte[] pipelines() {
        UnknownFieldSet.Builder response = UnknownFieldSet.newBuilder();
        etcd.running().forEach((name, runs) -> {
            UnknownFieldSet.Builder info = UnknownFieldSet.newBuilder().addField(1, bytes(named(name)));
            info.addField(7, number(etcd.lookWhetherStill(name) ? 4 : 1));
            if (!runs && minor() > 6) {
                info.addField(38, number(1));
            }
            response.mergeField(1, bytes(info.build().toByteArray()));
        });
        return response.build().toByteArray();
    }

    private byte[] stop(byte[] request, boolean stopped) {
        PachydermEtcd.Pipe pipe = etcd.pipelines().get(text(child(read(request), 1), 1));
        if (pipe == null) {
            throw Status.UNKNOWN.withDescription("pipeline not found").asRuntimeException();
        }
        if (stopped) {
            etcd.stop(pipe);
        } else {
            pipe.stopped = false;
        }
        return EMPTY;
    }

    private void extract(byte[] request, StreamObserver<byte[]> to) {
        for (byte[] op : ops(!read(request).hasField(2))) {
            betweenOps.run();
            to.onNext(op);
        }
        to.onCompleted();
    }

    private List<byte[]> ops(boolean objects) {
        List<byte[]> ops = new ArrayList<>();
        if (objects) {
            ops.add(op(2, around(1, "some data")));
            ops.add(op(2, EMPTY));
        }
        List<String> inputs =
                etcd.repoNames().stream().filter(name -> !etcd.isOutput(name)).toList();
        inputs.forEach(name -> ops.add(op(4, around(1, named(name)))));
        etcd.pipelines()
                .forEach((name, pipe) -> ops.add(op(
                        7,
                        UnknownFieldSet.newBuilder()
                                .addField(1, bytes(named(name)))
                                .addField(14, bytes(pipe.input.getBytes()))
                                .build()
                                .toByteArray())));
        for (String repo : inputs) {
            etcd.commits(repo)
                    .forEach(id -> ops.add(op(
                            5,
                            UnknownFieldSet.newBuilder()
                                    .addField(1, bytes(around(1, named(repo))))
                                    .addField(4, bytes("master".getBytes()))
                                    .addField(5, bytes(id.getBytes()))
                                    .build()
                                    .toByteArray())));
            etcd.repos().get(repo).branches.forEach((branch, head) -> ops.add(op(6, branch(repo, branch))));
        }
        return ops;
    }

    private byte[] branch(String repo, String branch) {
        UnknownFieldSet.Builder request = UnknownFieldSet.newBuilder().addField(1, bytes(around(1, named(repo))));
        if (minor() == 6) {
            request.addField(2, bytes(branch.getBytes()));
        } else {
            UnknownFieldSet.Builder named =
                    UnknownFieldSet.newBuilder().addField(1, bytes(named(repo))).addField(2, bytes(branch.getBytes()));
            request.addField(3, bytes(named.build().toByteArray()));
        }
        return request.build().toByteArray();
    }

    private byte[] op(int kind, byte[] request) {
        return around(outer(minor()), around(kind, request));
    }

    /** 1.6 and 1.7 write operations of 1.7, and so does 1.8.0. */
    private int outer(int minor) {
        return minor <= 7 || version.equals("1.8.0") ? 1 : minor - 6;
    }

    private StreamObserver<byte[]> restore(StreamObserver<byte[]> answer) {
        return new StreamObserver<>() {
            private boolean over;

            @Override
            public void onNext(byte[] request) {
                if (over) {
                    return;
                }
                try {
                    betweenOps.run();
                    apply(child(read(request), 1));
                } catch (StatusRuntimeException e) {
                    over = true;
                    answer.onError(e);
                }
            }

            @Override
            public void onError(Throwable failure) {
                over = true;
            }

            @Override
            public void onCompleted() {
                if (!over) {
                    answer.onNext(EMPTY);
                    answer.onCompleted();
                }
            }
        };
    }

    private void apply(UnknownFieldSet op) {
        int outer = only(op);
        requireReadable(outer);
        if (restored.size() >= failingAfter) {
            throw Status.UNKNOWN
                    .withDescription("error creating commit: parent commit has not been finished")
                    .asRuntimeException();
        }
        UnknownFieldSet inner = child(op, outer);
        int kind = only(inner);
        UnknownFieldSet request = child(inner, kind);
        switch (kind) {
            case 4 -> etcd.createRepo(text(child(request, 1), 1));
            case 5 -> etcd.commit(repo(child(request, 1)), text(request, 5), "master");
            case 7 -> etcd.createPipeline(text(child(request, 1), 1), text(request, 14));
            default -> {
                // Objects, tags and branches change nothing that this one keeps.
            }
        }
        restored.add(kind + "");
    }

    private void requireReadable(int outer) {
        int op = outer == 1 ? 7 : outer + 6;
        boolean readable =
                switch (minor()) {
                    case 6, 7 -> op == 7;
                    case 8 ->
                        switch (PachydermEtcd.micro(version)) {
                            case 0 -> op == 7;
                            case 1, 2 -> op == 8;
                            default -> op <= 8;
                        };
                    default -> op <= minor();
                };
        if (!readable) {
            throw Status.UNKNOWN
                    .withDescription("unsupported version of operation 1." + op)
                    .asRuntimeException();
        }
    }

    private static ServerServiceDefinition.Builder service(String name) {
        return ServerServiceDefinition.builder(name);
    }

    private static ServerCallHandler<byte[], byte[]> answering(Function<byte[], byte[]> answer) {
        return ServerCalls.asyncUnaryCall((request, to) -> {
            try {
                to.onNext(answer.apply(request));
                to.onCompleted();
            } catch (StatusRuntimeException e) {
                to.onError(e);
            }
        });
    }

    private static MethodDescriptor<byte[], byte[]> unary(String name) {
        return method(name, MethodType.UNARY);
    }

    private static MethodDescriptor<byte[], byte[]> method(String name, MethodType type) {
        return MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(type)
                .setFullMethodName(name)
                .setRequestMarshaller(Plain.BYTES)
                .setResponseMarshaller(Plain.BYTES)
                .build();
    }

    private static UnknownFieldSet read(byte[] message) {
        try {
            return UnknownFieldSet.parseFrom(message);
        } catch (InvalidProtocolBufferException e) {
            throw Status.INVALID_ARGUMENT.asRuntimeException();
        }
    }

    private static UnknownFieldSet child(UnknownFieldSet message, int field) {
        List<ByteString> all = message.getField(field).getLengthDelimitedList();
        return all.isEmpty()
                ? UnknownFieldSet.getDefaultInstance()
                : read(all.get(all.size() - 1).toByteArray());
    }

    private static String text(UnknownFieldSet message, int field) {
        List<ByteString> all = message.getField(field).getLengthDelimitedList();
        return all.isEmpty() ? "" : all.get(all.size() - 1).toStringUtf8();
    }

    private static String repo(UnknownFieldSet commit) {
        return text(child(commit, 1), 1);
    }

    private static int only(UnknownFieldSet message) {
        return message.asMap().keySet().stream().findFirst().orElse(0);
    }

    private static byte[] named(String name) {
        return around(1, name);
    }

    private static byte[] around(int field, String text) {
        return around(field, text.getBytes());
    }

    private static byte[] around(int field, byte[] inner) {
        return UnknownFieldSet.newBuilder()
                .addField(field, bytes(inner))
                .build()
                .toByteArray();
    }

    private static UnknownFieldSet.Field bytes(byte[] value) {
        return UnknownFieldSet.Field.newBuilder()
                .addLengthDelimited(ByteString.copyFrom(value))
                .build();
    }

    private static UnknownFieldSet.Field number(long value) {
        return UnknownFieldSet.Field.newBuilder().addVarint(value).build();
    }

    /** Messages as they go over the wire. */
    private enum Plain implements MethodDescriptor.Marshaller<byte[]> {
        BYTES;

        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
