package io.upstep.verifier.check.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import io.grpc.Status;
import io.upstep.event.Evidence;
import io.upstep.verifier.check.Check;
import io.upstep.verifier.check.CheckContext;
import io.upstep.verifier.cluster.NoAnswerException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Whether a gRPC server says by the standard health protocol that it, or one of its services, is serving. */
@ApplicationScoped
public class HealthCheck implements Check<HealthCheck.With> {
    private static final String METHOD = "grpc.health.v1.Health/Check";
    private static final String SERVING = "SERVING";
    private static final String NO_SUCH = "SERVICE_UNKNOWN";
    /** The words of the protocol, in the order of their numbers. */
    private static final List<String> STATUS = List.of("UNKNOWN", SERVING, "NOT_SERVING", NO_SUCH);

    private final Calls calls;

    public HealthCheck(Calls calls) {
        this.calls = calls;
    }

    /**
     * @param service in the installation's namespace; or
     * @param host that the verifier itself can reach
     * @param name the gRPC service that is asked about; if not said, the server as a whole
     */
    public record With(String service, String host, Integer port, Tls tls, String name) {
        public With {
            Peer.of(service, host, port, tls);
            name = name == null ? "" : name;
        }
    }

    @Override
    public String name() {
        return "grpc.health";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    public List<Evidence> look(With with, CheckContext context) {
        Peer peer = Peer.of(with.service(), with.host(), with.port(), with.tls());
        String subject = "health of " + (with.name().isEmpty() ? "" : with.name() + " on ") + peer;
        return Asking.of(peer, subject, SERVING, context, () -> {
            String status = status(peer, with.name(), context);
            return context.judged(status.equals(SERVING), subject, SERVING, status);
        });
    }

    private String status(Peer peer, String name, CheckContext context) {
        try {
            return status(calls.call(peer, METHOD, request(name), context));
        } catch (CallRefusedException e) {
            if (e.code() == Status.Code.NOT_FOUND) {
                // So the protocol says that there is no such service.
                return NO_SUCH;
            }
            throw e;
        }
    }

    private static String status(byte[] answer) {
        try {
            int number = new Field(1, FieldType.ENUM)
                    .in(UnknownFieldSet.parseFrom(answer))
                    .asInt();
            return number >= 0 && number < STATUS.size() ? STATUS.get(number) : "status " + number;
        } catch (InvalidProtocolBufferException e) {
            throw new NoAnswerException("expected a health status, came no Protocol Buffers message", e);
        }
    }

    private static byte[] request(String name) {
        return UnknownFieldSet.newBuilder()
                .addField(
                        1,
                        UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(ByteString.copyFromUtf8(name))
                                .build())
                .build()
                .toByteArray();
    }
}
