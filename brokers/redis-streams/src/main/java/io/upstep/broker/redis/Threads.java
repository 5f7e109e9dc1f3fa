package io.upstep.broker.redis;

/** Makes the connector's threads: named, and never a reason for the process to stay. */
final class Threads {
    private Threads() {}

    static Thread daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
