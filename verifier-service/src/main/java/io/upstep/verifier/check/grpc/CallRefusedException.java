package io.upstep.verifier.check.grpc;

import com.fasterxml.jackson.databind.node.TextNode;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.upstep.verifier.check.SecretLooking;

/** A gRPC server was reached and did not answer what was asked; the message has its status and words. */
final class CallRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 300;

    private final Status.Code code;

    CallRefusedException(String asked, StatusRuntimeException cause) {
        super(asked + " brought no answer: " + said(cause.getStatus()), cause);
        code = cause.getStatus().getCode();
    }

    Status.Code code() {
        return code;
    }

    private static String said(Status status) {
        String words = status.getDescription() == null ? "" : ": " + status.getDescription();
        String reason = status.getCause() == null ? "" : " (" + innermost(status.getCause()) + ")";
        String all = status.getCode() + words + reason;
        String shown = all.length() <= SHOWN ? all : all.substring(0, SHOWN) + "…";
        return SecretLooking.hidden(TextNode.valueOf(shown)).asText();
    }

    private static String innermost(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
