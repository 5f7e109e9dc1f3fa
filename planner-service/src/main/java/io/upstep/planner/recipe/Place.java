package io.upstep.planner.recipe;

import org.yaml.snakeyaml.error.Mark;

/**
 * Where something stands in a file.
 *
 * @param line counts from 1; 0 for the file as a whole
 * @param column counts from 1; 0 if it is not known
 */
record Place(int line, int column) {
    static final Place WHOLE_FILE = new Place(0, 0);

    static Place of(Mark mark) {
        return new Place(mark.getLine() + 1, mark.getColumn() + 1);
    }
}
