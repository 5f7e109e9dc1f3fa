package io.upstep.planner.recipe;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * What is wrong in a recipe file, where, and what to do about it.
 *
 * @param file {@code <platform>/<file>.yaml}
 * @param line counts from 1; 0 when it concerns the file as a whole
 * @param column counts from 1; 0 when it is not known
 * @param pointer JSON pointer, empty for the whole file
 * @param severity {@code error} or {@code warning}
 * @param code stable, for programs
 * @param message all of it in one sentence
 */
public record RecipeProblem(
        String file,
        int line,
        int column,
        String pointer,
        String severity,
        String code,
        String message,
        String expected,
        String actual,
        String remedy) {

    static RecipeProblem of(String file, Fault fault) {
        return of(file, Place.WHOLE_FILE, "", fault);
    }

    static RecipeProblem of(String file, Place place, String pointer, Fault fault) {
        return new RecipeProblem(
                file,
                place.line(),
                place.column(),
                pointer,
                fault.code().severity().text(),
                fault.code().text(),
                fault.message(),
                fault.expected(),
                fault.actual(),
                fault.remedy());
    }

    @JsonIgnore
    public boolean isError() {
        return severity.equals(FaultCode.Severity.ERROR.text());
    }

    /** As compilers say it, so that editors find the place. */
    @Override
    public String toString() {
        return where() + (pointer.isEmpty() ? "" : " " + pointer) + ": " + message;
    }

    /** {@code file:line:column: severity: message [code]} */
    public String asCompilersSayIt() {
        return where() + ": " + severity + ": " + message + " [" + code + "]";
    }

    /** The same, said of the file by another name. */
    public RecipeProblem inFile(String name) {
        return new RecipeProblem(name, line, column, pointer, severity, code, message, expected, actual, remedy);
    }

    private String where() {
        return file + (line > 0 ? ":" + line : "") + (column > 0 ? ":" + column : "");
    }
}
