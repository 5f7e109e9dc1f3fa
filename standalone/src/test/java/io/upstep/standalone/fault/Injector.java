package io.upstep.standalone.fault;

import static org.awaitility.Awaitility.await;

import io.upstep.simulator.Hold;
import io.upstep.simulator.Knobs;
import io.upstep.simulator.Mischief;
import io.upstep.simulator.Outage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Does to the scene what was chosen, and undoes it when its time is over. */
final class Injector implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int MOST_CONFLICTS = 4;
    /** Of the requests that go wrong while the API server is in a bad mood. */
    private static final double SHARE = 0.3;

    private final ExecutorService workers = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "injector");
        thread.setDaemon(true);
        return thread;
    });
    private final Queue<CompletableFuture<Void>> underWay = new ConcurrentLinkedQueue<>();
    private final Set<String> hurt = ConcurrentHashMap.newKeySet();
    private final Scene scene;
    private final Tally tally;

    Injector(Scene scene, Tally tally) {
        this.scene = scene;
        this.tally = tally;
    }

    void inject(Choice choice, Moment moment) {
        Fault fault = choice.fault();
        if (fault.role() != null) {
            Victim victim = idle(choice);
            tally.hit(fault, moment);
            hurt(victim, choice);
        } else if (fault.isMessage()) {
            later(Duration.ZERO, () -> tamper(choice, moment));
        } else {
            tally.hit(fault, moment);
            disturb(fault, choice);
        }
    }

    /** Waits until everything that was to be undone is undone, and starts what has ended by itself meanwhile. */
    void heal() {
        for (CompletableFuture<Void> each = underWay.poll(); each != null; each = underWay.poll()) {
            each.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        }
        Knobs knobs = scene.cluster().knobs();
        knobs.recover();
        knobs.calm();
        knobs.latency(Duration.ZERO);
        knobs.conflictOnNextWrites(0);
        revive();
        await("everybody to be ready again; " + scene.logs())
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    revive();
                    return scene.isReady();
                });
    }

    /** As an orchestrator does it: what has ended is started again. */
    void revive() {
        for (Role role : Role.values()) {
            for (Victim victim : scene.victims(role)) {
                if (!victim.isAlive() && !hurt.contains(victim.name())) {
                    tally.count("ended by itself: " + victim.name(), 1);
                    victim.start();
                }
            }
        }
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }

    private Victim idle(Choice choice) {
        List<Victim> all = scene.victims(choice.fault().role());
        return await("somebody who is not hurt already")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> firstIdle(all, choice.victim()), Optional::isPresent)
                .orElseThrow();
    }

    private Optional<Victim> firstIdle(List<Victim> all, int from) {
        for (int i = 0; i < all.size(); i++) {
            Victim victim = all.get((from + i) % all.size());
            if (!hurt.contains(victim.name()) && victim.isAlive()) {
                return Optional.of(victim);
            }
        }
        return Optional.empty();
    }

    private void hurt(Victim victim, Choice choice) {
        hurt.add(victim.name());
        if (choice.fault().isKill()) {
            victim.kill();
            later(Duration.ZERO, () -> {
                victim.start();
                hurt.remove(victim.name());
            });
        } else {
            victim.freeze();
            later(choice.length(), () -> {
                victim.thaw();
                hurt.remove(victim.name());
            });
        }
    }

    private void disturb(Fault fault, Choice choice) {
        Knobs knobs = scene.cluster().knobs();
        switch (fault) {
            case API_REFUSES -> knobs.outage(Outage.REFUSES, choice.length());
            case API_UNAVAILABLE -> knobs.outage(Outage.UNAVAILABLE, choice.length());
            case API_HANGS -> knobs.outage(Outage.HANGS, choice.length());
            case API_CONFLICTS -> knobs.conflictOnNextWrites(1 + choice.victim() % MOST_CONFLICTS);
            case API_ERRS -> mischief(choice, Mischief.none().withUnavailable(SHARE));
            case API_LOSES_REQUESTS -> mischief(choice, Mischief.none().withLostBefore(SHARE));
            case API_LOSES_ANSWERS -> mischief(choice, Mischief.none().withLostAfter(SHARE));
            case API_HOLDS_WRITE_LONG -> hold(choice);
            case API_SLOW -> {
                knobs.latency(Duration.ofMillis(300));
                later(choice.length(), () -> knobs.latency(Duration.ZERO));
            }
            default -> throw new IllegalArgumentException(fault + " is nothing an API server does");
        }
    }

    private void mischief(Choice choice, Mischief rates) {
        Knobs knobs = scene.cluster().knobs();
        knobs.mischief(choice.salt(), rates);
        later(choice.length(), knobs::calm);
    }

    /** The next write that is not about a lease is on its way for so long. */
    private void hold(Choice choice) {
        Hold hold = scene.cluster()
                .knobs()
                .hold(request -> request.isWrite() && !request.path().contains("/leases"), 1);
        later(choice.length(), () -> {
            tally.count("writesHeld", hold.held());
            hold.release();
        });
    }

    private void tamper(Choice choice, Moment moment) {
        try {
            Optional<Letter> letter = letter(choice);
            if (letter.isEmpty()) {
                tally.count("noMessageCame", 1);
                return;
            }
            tally.hit(choice.fault(), moment);
            switch (choice.fault()) {
                case MESSAGE_DROPPED ->
                    tally.count("dropped " + choice.channel().address(), 1);
                case MESSAGE_DELAYED -> later(choice.length(), () -> sendUntilTaken(choice.channel(), letter.get()));
                default -> sendUntilTaken(choice.channel(), letter.get());
            }
        } catch (Exception brokerIsAway) {
            tally.count("brokerWasAway", 1);
        }
    }

    private Optional<Letter> letter(Choice choice) throws Exception {
        Wire wire = scene.wire();
        return switch (choice.fault()) {
            case MESSAGE_DUPLICATED -> last(wire.recent(choice.channel()));
            case MESSAGE_REPLAYED -> any(wire.recent(choice.channel()), choice.salt());
            default -> wire.steal(choice.channel());
        };
    }

    private static Optional<Letter> last(List<Letter> letters) {
        return letters.isEmpty() ? Optional.empty() : Optional.of(letters.get(letters.size() - 1));
    }

    private static Optional<Letter> any(List<Letter> letters, long salt) {
        return letters.isEmpty() ? Optional.empty() : Optional.of(letters.get(Math.floorMod(salt, letters.size())));
    }

    private void sendUntilTaken(Channel channel, Letter letter) {
        await("the broker to take a message")
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .until(() -> {
                    scene.wire().send(channel, letter);
                    return true;
                });
    }

    private void later(Duration wait, Runnable work) {
        Executor when = CompletableFuture.delayedExecutor(wait.toMillis(), TimeUnit.MILLISECONDS, workers);
        underWay.add(CompletableFuture.runAsync(work, when));
    }
}
