package io.upstep.standalone.fault;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * A process of the scene that can be hurt and healed.
 *
 * @param process the one that runs at the moment
 * @param launch starts it again after a kill, with the data it had
 */
record Victim(Role role, String name, Supplier<Optional<ProcessHandle>> process, Runnable launch) {

    void kill() {
        process.get().ifPresent(Signals::kill);
    }

    void start() {
        launch.run();
    }

    void freeze() {
        process.get().ifPresent(Signals::freeze);
    }

    void thaw() {
        process.get().ifPresent(Signals::thaw);
    }

    boolean isAlive() {
        return process.get().filter(ProcessHandle::isAlive).isPresent();
    }
}
