package io.upstep.executor.action;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Every action there is, by its name. */
@ApplicationScoped
public class Actions {
    private final Map<String, Action<?>> byName = new TreeMap<>();

    @Inject
    public Actions(@Any Instance<Action<?>> found) {
        this(found.stream().toList());
    }

    public Actions(List<? extends Action<?>> actions) {
        for (Action<?> action : actions) {
            Action<?> other = byName.put(action.name(), action);
            if (other != null) {
                throw new IllegalStateException("two actions are called '" + action.name() + "': " + other.getClass()
                        + " and " + action.getClass());
            }
        }
    }

    public List<String> names() {
        return List.copyOf(byName.keySet());
    }

    public Action<?> named(String name) {
        Action<?> action = byName.get(name);
        if (action == null) {
            throw ActionException.permanent(
                    "unknown-action", "expected one of the actions " + byName.keySet() + ", came '" + name + "'");
        }
        return action;
    }
}
