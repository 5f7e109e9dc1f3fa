package io.upstep.planner.plan;

import java.util.List;

/**
 * Why a plan cannot be, and what to do instead.
 *
 * @param code stable: {@code installation-not-found}, {@code version-unknown}, {@code already-there}, {@code downgrade},
 *     {@code blocked-edge}, {@code no-path}, {@code condition-not-met}, {@code target-unknown}, {@code fact-unknown},
 *     {@code platform-unknown}, {@code parameters-invalid}, {@code recipe-failed}
 * @param detail one sentence
 * @param expected what was expected
 * @param actual what was seen
 * @param remedy what to do
 * @param evidence facts and sources it rests on, one a line
 */
public record Refusal(
        String code, String detail, String expected, String actual, String remedy, List<String> evidence) {}
