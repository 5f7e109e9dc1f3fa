package io.upstep.simulator.controller;

import io.upstep.simulator.rules.Deletion;
import io.upstep.simulator.rules.Timestamps;
import io.upstep.simulator.store.ObjectStore;

/** What every controller works with. */
public record World(
        ObjectStore store,
        Timeline timeline,
        Timestamps timestamps,
        Deletion deletion,
        Pace pace,
        Characters characters,
        Events events,
        Runs runs) {}
