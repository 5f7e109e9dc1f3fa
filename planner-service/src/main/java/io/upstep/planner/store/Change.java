package io.upstep.planner.store;

import io.upstep.planner.plan.Happening;
import java.util.UUID;

/** Something that happened to a plan and is to take effect. */
public record Change(UUID planId, Happening happening) {}
