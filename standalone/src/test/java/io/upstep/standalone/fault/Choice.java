package io.upstep.standalone.fault;

import java.time.Duration;

/**
 * One fault, as the seed has it.
 *
 * @param when the state of a plan it is to hit
 * @param site whose plan that is
 * @param victim which of those that the fault could hit; taken modulo their number
 * @param length how long it lasts, where it lasts
 * @param channel which messages, where it is about messages
 * @param salt for whatever else has to be chosen
 */
record Choice(
        int number, Fault fault, Moment when, int site, int victim, Duration length, Channel channel, long salt) {}
