package io.upstep.planner.recipe;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The variables an expression may name, with their types. */
record Vocabulary(Map<String, CelType> variables) {
    static final String FACTS = "facts.";
    static final String PARAMETERS = "parameters.";
    static final String SHARED = "shared.";
    /** The rules by which an edge moves the configuration. */
    static final String CONFIGURATION = "configuration";
    /** Stands for "leave this key out". */
    static final String OMIT = "omit";
    /** The names of the restore points that somebody does without. */
    static final String WAIVED = "waived";

    Vocabulary {
        variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    }

    /** Before anything is known but where the installation is: defaults of parameters. */
    static Vocabulary ofInstallation() {
        return new Vocabulary(Map.of(
                "installation.cluster",
                SimpleType.STRING,
                "installation.namespace",
                SimpleType.STRING,
                "installation.release",
                SimpleType.STRING,
                OMIT,
                SimpleType.DYN));
    }

    /** What is known before the installation was observed: how to observe it. */
    static Vocabulary ofQuestion(PlatformSpec platform) {
        Map<String, CelType> variables = new LinkedHashMap<>(ofInstallation().variables());
        variables.put("target", SimpleType.STRING);
        platform.parameters()
                .forEach(parameter -> variables.put(
                        PARAMETERS + parameter.name(), parameter.type().celType()));
        platform.shared().keySet().forEach(name -> variables.put(SHARED + name, SimpleType.DYN));
        return new Vocabulary(variables);
    }

    /** What a recipe's own names may be made of: all that is known before the installation was observed, and the edge. */
    static Vocabulary ofEdge(PlatformSpec platform, Set<String> shared) {
        Map<String, CelType> variables =
                new LinkedHashMap<>(ofQuestion(platform).variables());
        variables.put("from", SimpleType.STRING);
        variables.put("to", SimpleType.STRING);
        variables.put(WAIVED, ListType.create(SimpleType.STRING));
        shared.forEach(name -> variables.put(SHARED + name, SimpleType.DYN));
        return new Vocabulary(variables);
    }

    /** Everything: conditions, warnings, steps and checks. */
    static Vocabulary ofPlanning(PlatformSpec platform, Set<String> shared) {
        Map<String, CelType> variables =
                new LinkedHashMap<>(ofEdge(platform, shared).variables());
        variables.put(CONFIGURATION, ListType.create(SimpleType.DYN));
        platform.facts()
                .forEach((name, fact) -> variables.put(FACTS + name, fact.type().celType()));
        return new Vocabulary(variables);
    }
}
