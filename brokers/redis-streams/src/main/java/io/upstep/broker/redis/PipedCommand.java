package io.upstep.broker.redis;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisDataException;

/** A command on its way through a {@link CommandPipe}, with the answer it waits for; confined to the pipe but for its result. */
final class PipedCommand<T> {
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private final Function<Pipeline, Response<T>> call;
    private final boolean repeatable;
    private final long deadline;
    private Response<T> answer;

    /** @param deadline as System.nanoTime() tells it: a measure of waiting that setting the clock cannot disturb */
    PipedCommand(Function<Pipeline, Response<T>> call, boolean repeatable, long deadline) {
        this.call = call;
        this.repeatable = repeatable;
        this.deadline = deadline;
    }

    CompletableFuture<T> result() {
        return result;
    }

    boolean repeatable() {
        return repeatable;
    }

    boolean isDone() {
        return result.isDone();
    }

    boolean isLate(long now) {
        return now - deadline > 0;
    }

    void append(Pipeline pipeline) {
        answer = call.apply(pipeline);
    }

    void complete() {
        try {
            result.complete(answer.get());
        } catch (JedisDataException refused) {
            result.completeExceptionally(new PublishFailedException("Redis refused: " + refused.getMessage(), refused));
        }
    }

    void fail(PublishFailedException why) {
        result.completeExceptionally(why);
    }
}
