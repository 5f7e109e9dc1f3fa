/** Recipes from the command line, without a planner. */
package io.upstep.planner.recipe.cli;
