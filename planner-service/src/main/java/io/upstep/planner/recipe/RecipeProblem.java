package io.upstep.planner.recipe;

/**
 * What is wrong in a recipe file, and where.
 *
 * @param file {@code <platform>/<file>.yaml}
 * @param line counts from 1; 0 when it concerns the file as a whole
 * @param path JSON pointer, empty for the whole file
 * @param message what was expected and what came
 */
public record RecipeProblem(String file, int line, String path, String message) {

    static RecipeProblem of(String file, String message) {
        return new RecipeProblem(file, 0, "", message);
    }

    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line : "") + (path.isEmpty() ? "" : " " + path) + ": " + message;
    }
}
