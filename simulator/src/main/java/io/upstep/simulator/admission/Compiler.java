package io.upstep.simulator.admission;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;

/** Compiles a policy's expressions, each against the names that are known where it stands. */
final class Compiler {
    static final String VARIABLES = "variables.";

    private static final Cel BASE = CelFactory.standardCelBuilder()
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addCompilerLibraries(CelExtensions.strings(), CelExtensions.optional())
            .addRuntimeLibraries(CelExtensions.strings(), CelExtensions.optional())
            .addVar("object", SimpleType.DYN)
            .addVar("oldObject", SimpleType.DYN)
            .addVar("params", SimpleType.DYN)
            .addVar("request", SimpleType.DYN)
            .addVar("namespaceObject", SimpleType.DYN)
            .build();

    private CelCompiler compiler = BASE;

    /** Compiles an expression of exactly this type; one whose type is known only when it runs will not do. */
    Expression compile(String text, CelType type) {
        Expression compiled = compile(text);
        if (!compiled.type().equals(type)) {
            throw new InvalidExpression(
                    text,
                    "must evaluate to " + type.name() + " but got "
                            + compiled.type().name());
        }
        return compiled;
    }

    /** What is compiled from now on knows this variable. */
    Expression variable(String name, String text) {
        Expression compiled = compile(text);
        compiler = compiler.toCompilerBuilder()
                .addVar(VARIABLES + name, compiled.type())
                .build();
        return compiled;
    }

    private Expression compile(String text) {
        try {
            CelAbstractSyntaxTree tree = compiler.compile(text).getAst();
            return new Expression(text, tree.getResultType(), BASE.createProgram(tree));
        } catch (CelValidationException | CelEvaluationException e) {
            throw new InvalidExpression(text, "compilation failed: " + e.getMessage());
        }
    }

    /** An expression that is none, or not of the type that is wanted there. */
    static final class InvalidExpression extends RuntimeException {
        private static final long serialVersionUID = 1L;

        InvalidExpression(String text, String why) {
            super("Invalid value: \"" + text + "\": " + why);
        }
    }
}
