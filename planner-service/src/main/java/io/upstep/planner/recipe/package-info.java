/** Recipes: reading them strictly, the upgrade graphs they make, and what they say about one installation. */
package io.upstep.planner.recipe;
