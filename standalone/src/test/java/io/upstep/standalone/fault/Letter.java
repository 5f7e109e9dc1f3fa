package io.upstep.standalone.fault;

import java.util.Map;

/** A message as it lay at the broker, complete enough to be sent once more. */
record Letter(String id, String key, String payload, Map<String, String> headers) {}
