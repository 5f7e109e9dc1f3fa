package io.upstep.planner.recipe;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Gathers what is wrong in one document, so that all of it is reported at once. */
record Problems(YamlDocument document, List<RecipeProblem> into) {

    void add(String path, Fault fault) {
        into.add(document.problem(path, fault));
    }

    void add(String path, FaultCode code, String expected, String actual, String remedy) {
        add(path, new Fault(code, expected, actual, remedy));
    }

    /** The result, or null after having noted why there is none. */
    <T> T attempt(String path, Supplier<T> work) {
        try {
            return work.get();
        } catch (FaultException e) {
            add(path, e.fault());
            return null;
        }
    }

    /** {@link #attempt} for each item of a list, leaving out those that fail. */
    <S, T> List<T> each(String path, List<S> items, Function<S, T> work) {
        List<T> results = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            S item = items.get(i);
            T result = attempt(path + "/" + i, () -> work.apply(item));
            if (result != null) {
                results.add(result);
            }
        }
        return results;
    }
}
