package io.upstep.broker.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jboss.logging.Logger;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Sends commands over one connection, as many at once as have gathered while the last ones were answered, in the order
 * they came. A command completes when Redis has answered it, and fails when it has not in time; it never hangs.
 */
final class CommandPipe implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(CommandPipe.class);

    private final BlockingQueue<PipedCommand<?>> queue = new LinkedBlockingQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Backoff backoff = new Backoff();
    private final RedisLink link;
    private final Duration timeout;
    private final int batchSize;
    private final int waitReplicas;
    private final Thread thread;
    private volatile List<PipedCommand<?>> batch = List.of();
    private volatile String problem;
    private volatile Runnable whenClosed = () -> {};
    private Jedis connection;

    /** @param waitReplicas how many replicas must have each command before it counts as answered */
    CommandPipe(String name, RedisLink link, Duration timeout, int batchSize, int waitReplicas) {
        this.link = link;
        this.timeout = timeout;
        this.batchSize = batchSize;
        this.waitReplicas = waitReplicas;
        this.thread = Threads.daemon("upstep-redis-pipe-" + name, this::run);
        thread.start();
    }

    /** @param repeatable whether doing it twice does no harm, so that it is sent again after a lost connection */
    <T> CompletableFuture<T> send(boolean repeatable, Function<Pipeline, Response<T>> call) {
        PipedCommand<T> command = new PipedCommand<>(call, repeatable, System.nanoTime() + timeout.toNanos());
        queue.add(command);
        if (isClosed()) {
            failRest();
        }
        return command.result();
    }

    /** Fails what has waited too long; called regularly, because the pipe's own thread may be waiting for Redis. */
    void expire() {
        long now = System.nanoTime();
        batch.forEach(command -> expire(command, now));
        for (PipedCommand<?> command : queue) {
            if (!command.isLate(now)) {
                return; // all that follow came later
            }
            expire(command, now);
        }
    }

    /** Null when all is well, otherwise why the last connection failed. */
    String problem() {
        return problem;
    }

    void onClose(Runnable task) {
        whenClosed = task;
    }

    @Override
    public void close() {
        closed.countDown();
        whenClosed.run();
        thread.interrupt();
        failRest();
    }

    private void run() {
        List<PipedCommand<?>> next = List.of();
        while (!isClosed()) {
            try {
                next = gather(next);
                exchange(next);
                next = List.of();
            } catch (JedisException lost) {
                next = lost(next, lost);
            } catch (RuntimeException unusable) {
                next = broken(next, unusable);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        disconnect();
        failRest();
    }

    private List<PipedCommand<?>> gather(List<PipedCommand<?>> left) throws InterruptedException {
        List<PipedCommand<?>> gathered = new ArrayList<>(left);
        gathered.removeIf(PipedCommand::isDone);
        while (gathered.isEmpty()) {
            gathered.add(queue.take());
            queue.drainTo(gathered, batchSize - 1);
            gathered.removeIf(PipedCommand::isDone);
        }
        batch = gathered;
        return gathered;
    }

    private void exchange(List<PipedCommand<?>> commands) {
        Jedis redis = connection();
        Pipeline pipeline = redis.pipelined();
        commands.forEach(command -> command.append(pipeline));
        Response<Long> replicas = waitReplicas > 0 ? pipeline.waitReplicas(waitReplicas, timeout.toMillis() / 2) : null;
        pipeline.sync();
        if (replicas != null && replicas.get() < waitReplicas) {
            commands.forEach(command -> command.fail(tooFewReplicas(replicas.get())));
        }
        commands.forEach(PipedCommand::complete);
        batch = List.of();
    }

    private Jedis connection() {
        if (connection == null) {
            connection = link.open();
            backoff.reset();
            if (problem != null) {
                LOG.infof("%s answers again", link);
                problem = null;
            }
        }
        return connection;
    }

    /** @return what is to be sent once Redis is back */
    private List<PipedCommand<?>> lost(List<PipedCommand<?>> commands, JedisException why) {
        boolean wasSent = connection != null;
        disconnect();
        if (problem == null) {
            LOG.warnf("%s does not answer (%s); trying again", link, why.getMessage());
        }
        problem = String.valueOf(why.getMessage());
        if (wasSent) {
            commands.stream().filter(command -> !command.repeatable()).forEach(command -> command.fail(unknown(why)));
        }
        pause();
        return commands;
    }

    // A command that cannot even be written: what was written before it is of unknown fate, so the connection goes too.
    private List<PipedCommand<?>> broken(List<PipedCommand<?>> commands, RuntimeException why) {
        disconnect();
        PublishFailedException failure = new PublishFailedException("a command could not be sent: " + why, why);
        commands.forEach(command -> command.fail(failure));
        return List.of();
    }

    private void pause() {
        try {
            closed.await(backoff.next().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void expire(PipedCommand<?> command, long now) {
        if (command.isLate(now) && !command.isDone()) {
            String why = problem == null ? "" : "; the last failure was: " + problem;
            command.fail(new PublishFailedException(
                    link + " did not answer within " + timeout.toMillis() + " ms" + why, null));
        }
    }

    private void failRest() {
        PublishFailedException over =
                new PublishFailedException("the connection to " + link + " has been closed", null);
        batch.forEach(command -> command.fail(over));
        for (PipedCommand<?> command = queue.poll(); command != null; command = queue.poll()) {
            command.fail(over);
        }
    }

    private PublishFailedException tooFewReplicas(long confirmed) {
        return new PublishFailedException(
                confirmed + " of " + waitReplicas + " replicas of " + link + " confirmed in time", null);
    }

    private PublishFailedException unknown(JedisException why) {
        return new PublishFailedException(
                link + " was lost before it answered, so the message may or may not be there: " + why.getMessage(),
                why);
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private void disconnect() {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }
}
