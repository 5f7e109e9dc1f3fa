package io.upstep.verifier.cluster;

import io.fabric8.kubernetes.client.http.AsyncBody;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Collects an answer's body up to a limit, and cancels the rest. */
final class LimitedBody implements AsyncBody.Consumer<List<ByteBuffer>> {
    private final int limit;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean complete = true;

    LimitedBody(int limit) {
        this.limit = limit;
    }

    @Override
    public synchronized void consume(List<ByteBuffer> parts, AsyncBody body) {
        for (ByteBuffer part : parts) {
            byte[] chunk = new byte[Math.min(part.remaining(), limit - bytes.size())];
            complete &= chunk.length == part.remaining();
            part.get(chunk);
            bytes.writeBytes(chunk);
        }
        if (complete) {
            body.consume();
        } else {
            body.cancel();
        }
    }

    synchronized HttpAnswer answer(int status) {
        return new HttpAnswer(status, bytes.toString(StandardCharsets.UTF_8), complete);
    }

    synchronized boolean isComplete() {
        return complete;
    }
}
