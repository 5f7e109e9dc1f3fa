package io.upstep.planner.plan;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What becomes of the platform's configuration on one edge, without the values of secrets.
 *
 * @param before as it is, YAML
 * @param after as it will be, YAML
 * @param report line by line what became of it
 * @param problems what a person has to see to, none of which keeps the plan from running
 */
public record ConfigurationChange(
        String from, String to, String before, String after, JsonNode report, JsonNode problems) {}
