package io.upstep.broker.contract;

/** What a test does to the broker behind our back. */
public interface BrokerControl {

    /** In good order. */
    void stop();

    /** Without any warning: {@code kill -9}. */
    void kill();

    void start();

    /** Makes it answer nobody while its connections stay: {@code SIGSTOP}. */
    void pause();

    void resume();

    /** Deletes the queue, stream or topic of a consumer group, as an administrator's mistake would. */
    void delete(String address, String group);
}
